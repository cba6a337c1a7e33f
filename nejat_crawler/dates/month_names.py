"""The months of the calendars and languages in which the editions print dates: folded names -> 1 to 12."""

from __future__ import annotations

from nejat_crawler.folding import fold_for_search


def _numbered(*rows: str) -> dict[str, int]:
    """Folded month names -> 1 to 12, from rows of twelve names each."""
    return {fold_for_search(name): number for row in rows for number, name in enumerate(row.split(), start=1)}


_LIBYAN = {"النوار": 2, "الطير": 4, "هانيبال": 8, "الفاتح": 9, "التمور": 10, "الحرث": 11}
JALALI_MONTHS = _numbered(
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند",
    "فروردین اردیبهشت خرداد تیر امرداد شهریور مهر آبان آذر دی بهمن اسپند",
    "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت",
)
#: With a half-space between them, "آبان‌ماه" is one word.
JALALI_MONTHS |= {f"{name}{fold_for_search('ماه')}": number for name, number in JALALI_MONTHS.items()}
GREGORIAN_MONTHS = {
    "en": _numbered(
        "January February March April May June July August September October November December",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec",
    ),
    "sq": _numbered(
        "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor",
        "jan shk mar pri maj qer kor gush sht tet nën dhj",
    ),
    "fa": _numbered(
        "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
        "ژانویه فوریه مارچ اپریل می جون جولای آگوست سپتامبر اکتوبر نوامبر دسامبر",
        "جنوری فبروری مارچ آپریل می جون جولای آگست سپتمبر اکتوبر نومبر دسمبر",  # Afghanistan
    ),
    "ar": _numbered(
        # Egypt, Sudan and the Gulf; Syria, Iraq, Lebanon, Jordan, Palestine; Algeria and Tunisia; Morocco; Mauritania
        "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
        "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني كانون_الأول",
        "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
        "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر",
        "يناير فبراير مارس إبريل مايو يونيو يوليو أغشت شتمبر أكتوبر نوفمبر دجمبر",
        # as they are also spelt
        "ينائر فبرائر مارت أپريل مايس يونيه يوليه أوغسطس سيبتمبر أوكتوبر نوڤمبر دسمبر",
        "جانفييه فيفرييه مارش ابرايل ماية يونية يولية اغسطوس سبتامبر اكتوبير نوفامبر ديسامبر",
        "ينائر فبرائر مارس ابريل مايو يونيو يوليو اغسطس سبتيمبر اكتوبر نوفيمبر ديسيمبر",
        "كانون_الآخر إشباط أذار نيسان مايو حزيران جويلييه اوغست سبتنبر تشرين_الأول تشرين_الآخر كانون_الأول",
    )
    # Libya until 2011, without what also means summer, spring, water or December elsewhere
    | {fold_for_search(name): month for name, month in _LIBYAN.items()},
}
