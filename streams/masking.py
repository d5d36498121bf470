"""Personal numbers in free text, as Vietnam writes them: e-mail, identity papers, number plates, telephones.

People put them into descriptions and notes, and jobs into their logs; nobody behind the door needs them (Decree
13/2023/NĐ-CP art. 3, data minimisation). What is in doubt is masked: a lost number can be asked for, a kept one leaks.
"""

import re

_GAP = r"[ .\-\u00a0]?"
_MONEY = r"(?![ .]{0,2}(?:đồng|đ\b|vnd|vnđ|triệu|tỷ))"

_EMAIL = r"(?<![\w.+%-])[\w.+%-]++@(?:[\w-]++\.)++[\w-]{2,}"

_PAPER = rf"""
    (?<!\d)0\d{{2}}(?:{_GAP}\d{{3}}){{3}}(?!\d)          # CCCD: 12 digits, the first three a province
  | (?<!\d)\d{{9}}(?!\d){_MONEY}                         # CMND, until 2024: 9 digits without gaps, unless it is money
  | (?<!\w)[A-Z]\d{{7,8}}(?!\w)                          # passport
"""

_PLATE = r"""
    (?<!\w)[1-9]\d-?(?:[A-ZĐ]{1,2}\d?[ .\-]{0,3}|[a-zđ]{1,2}\d?-?)   # 51F-123.45, 95B1 12345, 29-H1 4321; 51f12345
    (?:\d{3}[ .]?\d{2}|\d{4})(?!\w)                                 # Circular 79/2024/TT-BCA; older ones have 4 digits
  | (?<!\w)[1-9]\d[ -]?(?:NG|NN|QT)[ -]?\d{3}[ .-]?\d{2}(?!\w)       # foreign missions and organisations
"""

_PHONE = r"""
    (?<!\d)(?:\(?(?:\+|00)?84\)?[ .\-\u00a0]{0,2}(?:\(0\))?|\(?0)
    (?: [35789](?:[ .\-\u00a0()]{0,2}\d){8}           # mobile, since 2018
      | 2(?:[ .\-\u00a0()]{0,2}\d){9}                 # land line with area code
      | 1[2689](?:[ .\-\u00a0()]{0,2}\d){8}           # mobile, until 2018
    )(?!\d)
"""

_PERSONAL = re.compile(f"(?P<email>{_EMAIL})|(?P<paper>{_PAPER})|(?P<plate>{_PLATE})|(?P<phone>{_PHONE})", re.VERBOSE)
_SUSPECT = re.compile(r"@|\d{2}")

MASKS = {"email": "[mail]", "paper": "[CCCD]", "plate": "[BKS]", "phone": "[SĐT]"}
"""What stands in the place of each; none is longer than the shortest text it replaces."""


def mask(text: str) -> str:
    """`text` with every personal number replaced by what kind of number it was; the same text where there is none."""
    if not _SUSPECT.search(text):
        return text
    return _PERSONAL.sub(lambda found: MASKS[found.lastgroup or ""], text)
