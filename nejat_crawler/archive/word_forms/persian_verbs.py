"""Persian verbs: the infinitive that a person of the past or present, or a participle, belongs to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from nejat_crawler.archive.word_forms.word_lists import pairs
from nejat_crawler.folding import fold_for_search

# Infinitive and stem of the present as it stands before an ending; می, ب and ن stand where + is (برمی‌گردد).
# Only verbs in use.
_VERBS = """
    آزردن آزار  آزمودن آزمای  آفریدن آفرین  آلودن آلای  آمدن آی  آموختن آموز  آمیختن آمیز  آوردن آور  آویختن آویز
    ارزیدن ارز  افتادن افت  افراشتن افراز  افروختن افروز  افزودن افزای  افشاندن افشان  افکندن افکن  انجامیدن انجام
    انداختن انداز  اندوختن اندوز  اندیشیدن اندیش  انگیختن انگیز  ایستادن ایست  باختن باز  باریدن بار  بافتن باف
    بخشیدن بخش  بر+آمدن بر+آی  بر+انگیختن بر+انگیز  بر+خاستن بر+خیز  بر+داشتن بر+دار  بردن بر  بر+گرداندن بر+گردان
    بر+گزیدن بر+گزین  بر+گشتن بر+گرد  بریدن بر  بستن بند  بلعیدن بلع  بودن باش  بوسیدن بوس  بوییدن بوی
    باز+گشتن باز+گرد  باز+داشتن باز+دار  باز+گرداندن باز+گردان  وا+داشتن وا+دار  تابیدن تاب  تاختن تاز  تراشیدن تراش
    ترسیدن ترس  ترساندن ترسان  ترکیدن ترک  توانستن توان  جنگیدن جنگ  جوشیدن جوش  جستن جوی  جویدن جو  چرخیدن چرخ
    چسبیدن چسب  چشیدن چش  چیدن چین  خاراندن خاران  خریدن خر  خزیدن خز  خفتن خواب  خندیدن خند  خوابیدن خواب
    خواستن خواه  خواندن خوان  خوردن خور  دادن ده  داشتن دار  دانستن دان  در+یافتن در+یاب  در+آمدن در+آی
    در+گذشتن در+گذر  دزدیدن دزد  دوختن دوز  دویدن دو  دیدن بین  راندن ران  ربودن ربای  رسیدن رس  رساندن رسان
    رفتن رو  رقصیدن رقص  رنجیدن رنج  رهانیدن رهان  رهاندن رهان  روییدن روی  ریختن ریز  زدن زن  زیستن زی  ساختن ساز
    سپردن سپار  ستودن ستای  سرودن سرای  سنجیدن سنج  سوختن سوز  سوزاندن سوزان  شتافتن شتاب  شدن شو  شستن شوی
    شکافتن شکاف  شکستن شکن  شمردن شمار  شناختن شناس  شنیدن شنو  طلبیدن طلب  غلتیدن غلت  فرستادن فرست  فرسودن فرسای
    فرمودن فرمای  فروختن فروش  فریفتن فریب  فشردن فشار  فهمیدن فهم  فهماندن فهمان  کاستن کاه  کاشتن کار  کردن کن
    کشاندن کشان  کشتن کش  کشیدن کش  کندن کن  کوبیدن کوب  کوشیدن کوش  کوفتن کوب  گذاردن گذار  گذاشتن گذار
    گذراندن گذران  گذشتن گذر  گردیدن گرد  گرفتن گیر  گرویدن گرو  گریختن گریز  گریستن گری  گزیدن گزین  گستردن گستر
    گسستن گسل  گشتن گرد  گشودن گشای  گفتن گوی  گماشتن گمار  گنجیدن گنج  لرزیدن لرز  لغزیدن لغز  مالیدن مال
    ماندن مان  مردن میر  نامیدن نام  نگاشتن نگار  نگریستن نگر  نمودن نمای  نواختن نواز  نوشتن نویس  نوشیدن نوش
    نهادن نه  نشستن نشین  نشاندن نشان  ورزیدن ورز  وزیدن وز  هراسیدن هراس  یافتن یاب  پاشیدن پاش  پختن پز
    پذیرفتن پذیر  پراکندن پراکن  پرداختن پرداز  پرستیدن پرست  پرسیدن پرس  پروردن پرور  پریدن پر  پژوهیدن پژوه
    پسندیدن پسند  پنداشتن پندار  پوسیدن پوس  پوشاندن پوشان  پوشیدن پوش  پیچیدن پیچ  پیمودن پیمای  پیوستن پیوند
"""
_OTHER_WORDS = frozenset(("مرد", "مردم"))  # a man, people
# Without ی, "you": nobody is spoken to so in the news, and کشتی is a ship, بدهی a debt, میدانی of a square.
_PAST_ENDINGS = ("", "م", "یم", "ید", "ند")
_PERFECT = re.compile("(?<=ه)(?:ام|ای|است|ایم|اید|اند)$")
_PRESENT_ENDINGS = ("م", "د", "یم", "ید", "ند")


def _folded(forms: Iterable[str]) -> list[str]:
    """Folded at once: 9,000 calls took a process 75 ms."""
    return fold_for_search("\n".join(forms)).split("\n")


@cache
def infinitives_by_form() -> dict[str, list[str]]:
    """Folded infinitives by folded form: of می‌کشد two; a past and a participle are of their verb alone."""
    verbs = [_folded(_forms(infinitive, present)) for infinitive, present in pairs(_VERBS)]
    # نشست is the past of نشستن, not "did not wash"
    own = {form: forms[0] for forms in reversed(verbs) for form in forms if form.startswith(forms[0][:-1])}
    infinitives = {form: [infinitive] for form, infinitive in own.items()}
    for forms in verbs:
        for form in forms:
            if form not in own:
                infinitives.setdefault(form, []).append(forms[0])
    return infinitives


@cache
def _all_by_form() -> dict[str, dict[str, str]]:
    """By folded form, all folded infinitives with their stems of the present; bare persons of the present, too."""
    infinitives: dict[str, dict[str, str]] = defaultdict(dict)
    for infinitive, present in pairs(_VERBS):
        bare = (present.replace("+", "") + ending for ending in _PRESENT_ENDINGS)
        forms = _folded((*_forms(infinitive, present), *bare))
        for form in forms:
            infinitives[form][forms[0]] = present
    return infinitives


def word_of(form: str, lemma: str) -> str:
    """The word that a folded form belongs to, where a dictionary says `lemma`: it has شد, "became", under کرد, "did".

    It is another verb's if that shares neither the form nor the stem of the present (گذارد is of گذاشت, too).
    """
    verbs = _all_by_form()
    said, own = verbs.get(lemma, {}), verbs.get(form) or verbs.get(_PERFECT.sub("", form), {})
    if not said or not own or said.keys() & own.keys() or {*said.values()} & {*own.values()}:
        return lemma
    return next(iter(own))


def _forms(infinitive: str, present: str) -> Iterator[str]:
    """The infinitive, and forms that are nothing else: a bare person of the present may be (رود, a river)."""
    if "+" in infinitive:
        before, _, infinitive = infinitive.partition("+")
        present = present.partition("+")[2]
        bare = (present + ending for ending in _PRESENT_ENDINGS)
        yield from (before + form for form in (*_forms(infinitive, present), *bare))
        return
    past = infinitive[:-1]
    yield infinitive
    for ending in _PAST_ENDINGS:
        begins = ("می", "نمی", _before(past, "ن"), *(() if past + ending in _OTHER_WORDS else ("",)))
        yield from (f"{before}{past}{ending}" for before in begins)
    yield from (f"{past}ه", f"{_before(past, 'ن')}{past}ه")
    for ending in _PRESENT_ENDINGS:
        yield from (f"{before}{present}{ending}" for before in ("می", "نمی"))
        for letter in "بن":
            yield f"{_before(present, letter)}{present}{ending}"
            if present[0] == "ا":  # بیفتد
                yield f"{letter}ی{present[1:]}{ending}"


def _before(stem: str, letter: str) -> str:
    """ب or ن as it stands before a stem: بیاید, نیامد."""
    return f"{letter}ی" if stem.startswith("آ") else letter
