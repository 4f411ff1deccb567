"""What a folder declares is found, and a fault names its file."""

import dataclasses
import sys
from typing import Literal

import pytest

from evenhand.library.discover import Fault, declared, made, read_table, read_tables


@dataclasses.dataclass(frozen=True)
class Thing:
    slug: str
    size: int = 0
    share: float = 0.0
    kind: Literal["small", "large"] = "small"
    words: tuple[str, ...] = ()
    note: str | None = None


def test_the_files_of_a_folder_are_read_in_order_of_name(tmp_path):
    for name in ("b", "a"):
        (tmp_path / f"{name}.toml").write_text(f'slug = "{name}"')
    assert list(read_tables(tmp_path)) == ["a", "b"]


def test_an_empty_folder_is_a_fault(tmp_path):
    with pytest.raises(Fault, match="holds no"):
        read_tables(tmp_path)


def test_bad_toml_is_a_fault_that_names_its_file_and_line(tmp_path):
    (tmp_path / "bad.toml").write_text('slug = "a"\nsize = what')
    with pytest.raises(Fault, match=r"bad\.toml: is not good TOML: .*line 2"):
        read_tables(tmp_path)
    with pytest.raises(Fault, match="no such file"):
        read_table(tmp_path / "none.toml")


def test_a_table_becomes_its_dataclass():
    thing = made(Thing, {"slug": "a", "size": 3, "share": 1, "words": ["x"]}, where="a.toml")
    assert thing == Thing("a", 3, 1, words=("x",))


def test_every_fault_of_a_table_is_named_at_once():
    with pytest.raises(Fault) as fault:
        made(Thing, {"sise": 3, "size": True, "kind": "huge", "words": ["x", 1]}, where="a.toml")
    message = str(fault.value)
    assert message.startswith("a.toml: ")
    for part in ("'slug' is missing", "did you mean 'size'?", "not int", "one of 'small', 'large'", "'words' is"):
        assert part in message


@pytest.fixture
def package(tmp_path, monkeypatch):
    folder = tmp_path / "declared_things"
    (folder / "tests").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "tests" / "__init__.py").write_text("")
    (folder / "one.py").write_text("ONE, TWO = 1, 2")
    (folder / "three.py").write_text("from declared_things.one import ONE\nTHREE = 3")
    monkeypatch.syspath_prepend(tmp_path)
    yield folder
    for name in [name for name in sys.modules if name.startswith("declared_things")]:
        del sys.modules[name]


@pytest.mark.usefixtures("package")
def test_modules_declare_objects_each_found_once():
    assert declared("declared_things", int) == (1, 2, 3)


def test_a_module_that_declares_nothing_is_a_fault(package):
    (package / "two.py").write_text("")
    with pytest.raises(Fault, match=r"two\.py: declares no int"):
        declared("declared_things", int)
