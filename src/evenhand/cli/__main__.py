"""`python -m evenhand.cli` is the command too."""

import sys

from evenhand.cli import main

sys.exit(main())
