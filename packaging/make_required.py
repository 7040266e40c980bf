"""Makes resources/required_attributes.json: which attributes each kind of object must have (PS3.3, types 1 and 2).

    python packaging/make_required.py

From the machine-readable modules of the standard that highdicom carries: of every SOP Class the mandatory modules, of
these the attributes on top level that are of type 1 (must have a value) or 2 (must be there). What is required only
under a condition (1C, 2C, conditional modules) is not in the table: whether the condition holds is not known to it.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

RESOURCE = Path(__file__).resolve().parents[1] / "resources" / "required_attributes.json"


def table() -> dict[str, object]:
    """`modules`: name → type → keywords; `classes`: SOP Class UID → names of modules."""
    standard = files("highdicom") / "_standard"
    iods, iod_of, attributes = (json.loads((standard / f"{name}.json").read_text("utf-8")) for name in (
        "iod_module_map", "sop_class_iod_map", "module_attribute_map"))
    modules: dict[str, dict[str, list[str]]] = {}
    classes: dict[str, list[str]] = {}
    for uid, iod in sorted(iod_of.items()):
        names = [module["key"] for module in iods[iod] if module["usage"] == "M"]
        classes[uid] = []
        for name in names:
            top = [one for one in attributes.get(name, []) if not one["path"]]
            found = {kind: sorted(one["keyword"] for one in top if one["type"] == kind) for kind in ("1", "2")}
            if any(found.values()):
                modules[name] = found
                classes[uid].append(name)
    return {"modules": dict(sorted(modules.items())), "classes": classes}


def main() -> None:
    made = table()
    RESOURCE.write_text(json.dumps(made, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(made['classes'])} SOP Classes, {len(made['modules'])} modules")  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
