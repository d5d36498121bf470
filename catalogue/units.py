# /// script
# requires-python = ">=3.11"
# dependencies = ["vietnam-provinces==2025.10.1", "vietnamadminunits==1.0.4"]
# ///
"""Write the administrative units of the two examples: `uv run catalogue/units.py`. What it wrote is committed.

Codes and names of today's communes: vietnam-provinces. Former units, centres, and which unit went into which:
vietnamadminunits. Both take them from the General Statistics Office (danhmuchanhchinh.gso.gov.vn) and from the
resolutions of the National Assembly's Standing Committee (for Cần Thơ: 1668/NQ-UBTVQH15 of 2025-06-16).
"""

import json
import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from vietnam_provinces import ProvinceCode, Ward

HERE = Path(__file__).parent
DATA = resources.files("vietnamadminunits") / "data"
MERGED = "2025-07-01"
KINDS = {"Thành phố": "tp", "Thị xã": "tx", "Huyện": "h", "Phường": "p", "Xã": "x", "Thị trấn": "tt"}
HEAD = "# Written by catalogue/units.py, which names its sources. Do not edit.\n"

SEATS = {
    "tp-vi-thanh": "p-vii", "tp-nga-bay": "p-nga-bay", "tx-long-my": "p-thuan-an", "h-long-my": "tt-vinh-vien",
    "h-vi-thuy": "tt-nang-mau", "h-phung-hiep": "tt-cay-duong", "h-chau-thanh": "tt-nga-sau",
    "h-chau-thanh-a": "tt-mot-ngan",
}  # fmt: skip
"""Where a district had its seat: whoever works there now goes on with the dossiers of the district's committee."""


class Unit(NamedTuple):
    code: str
    name: str
    level: str
    parent: str
    unit_code: str
    lat: float | None
    lon: float | None
    key: str = ""


def main() -> None:
    """Write three files."""
    with sqlite3.connect(f"file:{DATA / 'dataset.db'}?mode=ro", uri=True) as database:
        districts, communes = former(database)
        today = wards(database)
    successors = {unit.code: f"ct-{into}" for unit, into in merged(communes, today)}
    write("hau-giang/areas.toml", [PROVINCE, *map(area, [*districts, *communes])])
    write("hau-giang/committees.toml", map(committee, [*districts, *communes]))
    city = [unit._replace(code=f"ct-{unit.code}", parent="tp-can-tho") for unit in today]
    write("can-tho-2025/areas.toml", [CITY, *(area(unit, begun=True) for unit in city)])
    write("can-tho-2025/committees.toml", (committee(unit, begun=True) for unit in city))
    gone = [area(unit, successor="tp-can-tho") for unit in districts]
    gone += [area(unit, successor=successors[unit.code]) for unit in communes]
    gone += [committee(unit, successor=f"ubnd-{successors[SEATS[unit.code]]}") for unit in districts]
    gone += [committee(unit, successor=f"ubnd-{successors[unit.code]}") for unit in communes]
    write("can-tho-2025/former.toml", [PROVINCE + f'successor = "tp-can-tho"\nvalid_to = {MERGED}\n', *gone])


PROVINCE = '[[areas]]\ncode = "hau-giang"\nname = "Tỉnh Hậu Giang"\nlevel = "province"\nunit_code = "93"\n'
CITY = '[[areas]]\ncode = "tp-can-tho"\nname = "Thành phố Cần Thơ"\nlevel = "province"\nunit_code = "92"\n'
CITY += f"valid_from = {MERGED}\n"


def former(database: sqlite3.Connection) -> tuple[list[Unit], list[Unit]]:
    """The districts and communes of Hậu Giang as they were until the merger."""
    rows = database.execute(
        "SELECT DISTINCT district, districtCode, districtLat, districtLon, districtKey FROM admin_units_legacy"
        " WHERE province = 'Tỉnh Hậu Giang' ORDER BY districtCode"
    ).fetchall()
    districts = {row[4]: Unit(slug(row[0]), row[0], "district", "hau-giang", *row[1:]) for row in rows}
    rows = database.execute(
        "SELECT ward, wardCode, wardLat, wardLon, districtKey, wardKey FROM admin_units_legacy"
        " WHERE province = 'Tỉnh Hậu Giang' ORDER BY wardCode"
    ).fetchall()
    named = Counter(slug(row[0]) for row in rows)
    communes = []
    for name, code, lat, lon, district, key in rows:
        plain = slug(name)
        own = plain if named[plain] == 1 else f"{plain}-{districts[district].code.split('-', 1)[1]}"
        where = f"tinhhaugiang_{district}_{key}"
        unit = Unit(own, name, "commune", districts[district].code, code, lat, lon, where)
        communes.append(unit if near(unit, districts[district]) else unit._replace(lat=None, lon=None))
    return list(districts.values()), communes


def wards(database: sqlite3.Connection) -> list[Unit]:
    """The communes of Cần Thơ since the merger, with the centres that the other library knows by name."""
    rows = database.execute("SELECT wardKey, ward, wardLat, wardLon FROM admin_units WHERE provinceCode = '92'")
    centres = {spaced(name): (lat, lon, key) for key, name, lat, lon in rows}
    units = []
    for ward in sorted(Ward.iter_by_province(ProvinceCode.P_92), key=lambda ward: ward.code.value):
        name = spaced(ward.name)
        units.append(Unit(slug(name), name, "commune", "", f"{ward.code.value:05}", *centres[name]))
    return units


def merged(communes: list[Unit], today: list[Unit]) -> Iterator[tuple[Unit, str]]:
    """Each former commune with the one it went into.

    The library takes communes of one name in two former provinces for one that was divided: ours went where others of
    its district did.
    """
    document = json.loads((DATA / "converter_2025.json").read_text(encoding="utf-8"))
    wholly = document["DICT_PROVINCE_WARD_NO_DIVIDED"]["thanhphocantho"]
    into = {old: new for new, olds in wholly.items() for old in olds}
    divided = document["DICT_PROVINCE_WARD_DIVIDED"]["thanhphocantho"]
    neighbours = {(unit.parent, into[unit.key]) for unit in communes if unit.key in into}
    codes = {unit.key: unit.code for unit in today}
    for unit in communes:
        choices = [into[unit.key]] if unit.key in into else [choice["newWardKey"] for choice in divided[unit.key]]
        (key,) = [key for key in choices if (unit.parent, key) in neighbours]
        yield unit, codes[key]


def area(unit: Unit, successor: str = "", begun: bool = False) -> str:
    """One [[areas]] entry."""
    lines = [f'code = "{unit.code}"', f'name = "{unit.name}"', f'level = "{unit.level}"', f'parent = "{unit.parent}"']
    lines += [f'unit_code = "{unit.unit_code}"']
    if unit.lat is not None:
        lines += [f"lat = {unit.lat:.4f}", f"lon = {unit.lon:.4f}"]
    return "\n".join(["[[areas]]", *lines, *days(successor, begun)]) + "\n"


def committee(unit: Unit, successor: str = "", begun: bool = False) -> str:
    """The [[agencies]] entry of a unit's people's committee."""
    name = unit.name[0].lower() + unit.name[1:]
    lines = [f'code = "ubnd-{unit.code}"', f'name = "UBND {name}"', f'level = "{unit.level}"', f'area = "{unit.code}"']
    return "\n".join(["[[agencies]]", *lines, *days(successor, begun)]) + "\n"


def days(successor: str, begun: bool) -> list[str]:
    since = [f"valid_from = {MERGED}"] if begun else []
    return since + ([f'successor = "{successor}"', f"valid_to = {MERGED}"] if successor else [])


def near(unit: Unit, district: Unit) -> bool:
    """A few centres are those of another commune of the same name, far outside the district: those are left out."""
    return abs(unit.lat - district.lat) + abs(unit.lon - district.lon) < 0.3


def slug(name: str) -> str:
    """ "Thị trấn Ngã Sáu" as tt-nga-sau."""
    kind = next(kind for kind in KINDS if name.startswith(kind))
    plain = unicodedata.normalize("NFD", name.removeprefix(kind).strip().lower().replace("đ", "d"))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return f"{KINDS[kind]}-{re.sub(r'[^a-z0-9]+', '-', letters)}"


def spaced(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())


def write(name: str, entries: Iterable[str]) -> None:
    file = HERE / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join([HEAD, *entries]), encoding="utf-8")


if __name__ == "__main__":
    main()
