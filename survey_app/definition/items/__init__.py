"""Item types. The folder is the registry: a module here that defines a type adds it.

How to add a type:

1. Copy the nearest file here to one named as the type; `base.py` says what each method owes.
2. Choose a control among `fields`, a column kind and a recording among `shapes`.
3. Give it an `example`, in which a scale may be `extent` and a condition may read `rewarding`.
4. Write its test file in `tests/definition/items`; the contract test there finds it by itself.
5. Look at it on the page of patterns, then run `pytest`, `ruff check` and `mypy`.
"""

from importlib import import_module
from inspect import isabstract
from pkgutil import iter_modules

from survey_app.definition.items.base import Item


def find_types() -> dict[str, type[Item]]:
    """Return every item type by its name; two types of one name are a mistake in our code."""
    types: dict[str, type[Item]] = {}
    for module in iter_modules(__path__):
        for thing in vars(import_module(f"{__name__}.{module.name}")).values():
            if isinstance(thing, type) and issubclass(thing, Item) and "type_name" in vars(thing):
                if isabstract(thing):
                    raise TypeError(f"{thing.__name__} leaves out part of the contract")
                if types.setdefault(thing.type_name, thing) is not thing:
                    raise TypeError(f"two item types are called {thing.type_name}")
    return types


ITEM_TYPES = find_types()
