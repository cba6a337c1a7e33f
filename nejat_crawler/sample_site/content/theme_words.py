"""What the theme and WordPress print themselves, per edition: words, months, dates, counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from persiantools.jdatetime import JalaliDate

from nejat_crawler.editions import EDITIONS

_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of one edition's theme; `{}` stands for what varies."""

    locale: str
    months: tuple[str, ...]
    date: str
    comments: tuple[str, str, str]
    """For none, one and several; `{}` is the number."""
    older: str
    newer: str
    recent: str
    related: str
    protected: str
    password: str
    password_field: str
    enter: str
    no_excerpt: str
    more: str
    pages: str
    home: str
    about: str
    contact: str
    editions: str
    category: str
    tag: str
    author: str
    by: str
    written_by: str
    previous: str
    following: str
    reply: str
    top: str
    feed: str
    page: str
    missing: str


def _words(line: str) -> tuple[str, ...]:
    return tuple(line.split())


LABELS: dict[str, Labels] = {
    "en": Labels(
        locale="en-US",
        months=_words("January February March April May June July August September October November December"),
        date="{month} {day}, {year}",
        comments=("0 comments", "1 comment", "{} comments"),
        older="Older Posts",
        newer="Newer Posts",
        recent="Recent Posts",
        related="You may also like",
        protected="Protected: {}",
        password="This content is password protected. To view it please enter your password below:",  # noqa: S106
        password_field="Password:",  # noqa: S106
        enter="Enter",
        no_excerpt="There is no excerpt because this is a protected post.",
        more="Continue reading",
        pages="Pages:",
        home="Home",
        about="About Us",
        contact="Contact us",
        editions="Editions",
        category="Category:",
        tag="Tag:",
        author="Author",
        by="by",
        written_by="written by",
        previous="previous post",
        following="next post",
        reply="Leave a Comment",
        top="Back To Top",
        feed="Feed",
        page="Page {}",
        missing="Sorry, the page you are looking for does not exist.",
    ),
    "fa": Labels(
        locale="fa-IR",
        months=_words("فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"),
        date="{day} {month} {year}",
        comments=("0 نظر", "۱ نظر", "{} نظر"),
        older="نوشته‌های قدیمی‌تر",
        newer="نوشته‌های جدیدتر",
        recent="تازه‌ترین‌ها",
        related="شاید بپسندید",
        protected="حفاظت شده: {}",
        password="این محتوا با رمز محافظت شده است. برای مشاهده رمز را وارد کنید:",  # noqa: S106
        password_field="رمز:",  # noqa: S106
        enter="ورود",
        no_excerpt="چکیده‌ای در دسترس نیست، زیرا این نوشته حفاظت شده است.",
        more="ادامهٔ مطلب",
        pages="برگه‌ها:",
        home="خانه",
        about="دربارهٔ ما",
        contact="تماس با ما",
        editions="زبان‌ها",
        category="دسته:",
        tag="برچسب:",
        author="نویسنده",
        by="توسط",
        written_by="نوشتهٔ",
        previous="نوشتهٔ قبلی",
        following="نوشتهٔ بعدی",
        reply="نظر بدهید",
        top="بازگشت به بالا",
        feed="خوراک",
        page="برگه {}",
        missing="برگه‌ای که می‌جویید پیدا نشد.",
    ),
    "ar": Labels(
        locale="ar",
        months=_words("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
        date="{day} {month} {year}",
        comments=("0 تعليق", "1 تعليق", "{} تعليقات"),
        older="مقالات أقدم",
        newer="مقالات أحدث",
        recent="أحدث المقالات",
        related="قد يعجبك أيضا",
        protected="محمي: {}",
        password="هذا المحتوى محمي بكلمة مرور. لإظهاره يتعين عليك كتابة كلمة المرور في الأسفل:",  # noqa: S106
        password_field="كلمة المرور:",  # noqa: S106
        enter="دخول",
        no_excerpt="لا يوجد مقتطف لأن هذه المقالة محمية.",
        more="اقرأ المزيد",
        pages="الصفحات:",
        home="الرئيسية",
        about="من نحن",
        contact="اتصل بنا",
        editions="اللغات",
        category="التصنيف:",
        tag="الوسم:",
        author="الكاتب",
        by="بواسطة",
        written_by="كتبه",
        previous="المقال السابق",
        following="المقال التالي",
        reply="اترك تعليقا",
        top="العودة إلى الأعلى",
        feed="الخلاصة",
        page="الصفحة {}",
        missing="عذرا، الصفحة التي تبحث عنها غير موجودة.",
    ),
    "sq": Labels(
        locale="sq",
        months=_words("janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor"),
        date="{day} {month} {year}",
        comments=("0 komente", "1 koment", "{} komente"),
        older="Postime më të vjetra",
        newer="Postime më të reja",
        recent="Postimet e fundit",
        related="Mund t’ju pëlqejë",
        protected="I mbrojtur: {}",
        password="Kjo lëndë mbrohet me fjalëkalim. Që ta shihni, jepni fjalëkalimin tuaj më poshtë:",  # noqa: S106
        password_field="Fjalëkalim:",  # noqa: S106
        enter="Hyni",
        no_excerpt="Nuk ka copëz, ngaqë ky është një postim i mbrojtur.",
        more="Vazhdo leximin",
        pages="Faqe:",
        home="Kreu",
        about="Rreth nesh",
        contact="Na kontaktoni",
        editions="Gjuhët",
        category="Kategoria:",
        tag="Etiketa:",
        author="Autori",
        by="nga",
        written_by="shkruar nga",
        previous="postimi i mëparshëm",
        following="postimi tjetër",
        reply="Lini një koment",
        top="Kthehu lart",
        feed="Prurje",
        page="Faqja {}",
        missing="Na ndjeni, faqja që kërkoni nuk ekziston.",
    ),
}


@lru_cache(maxsize=4096)
def print_date(edition: str, moment: datetime) -> str:
    """Print the day of `moment` as the edition does: `October 28, 2023`, `۶ آبان ۱۴۰۲`."""
    labels = LABELS[edition]
    day = moment.date()
    if EDITIONS[edition].calendar == "jalali":
        jalali = JalaliDate(day)  # type: ignore[no-untyped-call]
        return labels.date.format(
            day=_persian(jalali.day), month=labels.months[jalali.month - 1], year=_persian(jalali.year)
        )
    return labels.date.format(day=day.day, month=labels.months[day.month - 1], year=day.year)


def print_comments(edition: str, count: int) -> str:
    """Print the number of comments as the theme does; the Persian 0 is a Latin one, as `0 نظر`."""
    none, one, several = LABELS[edition].comments
    if count < 2:
        return one if count else none
    return several.format(_persian(count) if edition == "fa" else count)


def _persian(number: int) -> str:
    return str(number).translate(_PERSIAN_DIGITS)
