"""What Evenhand promises of speed, memory and weight, measured beside peers in one run: `make bench`."""
