"""What the designs print around articles, in the words of all editions: one edition's theme may speak another's."""

from __future__ import annotations

import re

_NUMBER = r"[0-9۰-۹٠-٩]"
_COUNT = rf"{_NUMBER}[0-9۰-۹٠-٩,]*"
_WORD = r"[^\W\d_]+(?:\u200c[^\W\d_]+)*"
_MONTH = rf"{_WORD}(?: {_WORD})?(?: ?\([^\W\d]+(?: [^\W\d]+)?\))?"
_DAY_FIRST = rf"(?<!{_NUMBER}){_NUMBER}{{1,2}} {_MONTH},? {_NUMBER}{{4}}"

#: A date as any edition prints it: `October 28, 2023`, `۲۵ اردیبهشت ۱۴۰۳`, `29 تير 1403 الموافق 19 يوليو 2024`.
DATE = rf"(?:[A-Z][a-z]+ \d{{1,2}}, \d{{4}}|{_DAY_FIRST}(?: الموافق {_DAY_FIRST})?)"

_COMMENT_WORDS = "comments?|responses?|نظرات|نظر|دیدگاه|تعليقات|تعليق|تعليقا|komente|koment"
_CLOSED = (
    r"Comments Off.*|بدون دیدگاه|بسته هستند|دیدگاه‌ها .*بسته.*|نظرات .*بسته.*|لا تعليقات|التعليقات .*|Komentet .*"
)

COMMENTS = re.compile(rf"(?P<comments>{_NUMBER}{{1,9}}) (?:{_COMMENT_WORDS})|{_CLOSED}")
DATE_LINE = re.compile(
    rf"(?P<published>{DATE})(?: (?:(?P<comments>{_NUMBER}{{1,9}}) (?:{_COMMENT_WORDS})|{_CLOSED}))?"
)
DATE_ALONE = re.compile(DATE)
#: Soledad: `by Redaction May 18, 2024`; Publisher: `By Redaction On May 18, 2024`.
_BY = "written by|by|توسط|نوشتهٔ|نوشته شده توسط|بواسطة|كتبه|كتب بواسطة|shkruar nga|nga"
BYLINE = re.compile(rf"(?i:{_BY}) ")
BYLINE_DATED = re.compile(rf"(?i:{_BY}) .{{1,100}} (?P<published>{DATE})")
#: Jannah and Penci's AMP pages run the account into the date, and the date into the views:
#: `RedactionMay 18, 202409 views`.
GLUED_DATE = re.compile(
    rf"(?:.{{0,160}}[^\s\d۰-۹٠-٩])?(?P<published>{DATE})(?:{_NUMBER}{{2,12}} (?:views?|بازدید|مشاهدات|shikime))?"
)
#: The official AMP plugin prints `3 years ago`, which is no date.
RELATIVE = re.compile(
    rf"{_NUMBER}{{1,3}} (?:(?:second|minute|min|hour|day|week|month|year)s? ago|"
    r"(?:ثانیه|دقیقه|ساعت|روز|هفته|ماه|سال) (?:قبل|پیش))|(?:منذ|قبل) .{1,20}"
)
#: `0 19 1 minute read`: comments, views, time to read.
COUNTS = re.compile(rf"{_COUNT}(?: {_COUNT}){{0,9}}(?: .{{0,40}}(?:read|زمان میبرد|قراءة|lexim.{{0,20}}))?")

SHARE_NAMES = (
    *("Facebook", "Twitter", "Pinterest", "Linkedin", "LinkedIn", "Tumblr", "Reddit", "ReddIt", "Whatsapp"),
    *("WhatsApp", "Telegram", "Line", "Viber", "Skype", "Pocket", "VK", "Email", "Google+", "X", "Print"),
)

SITE_NAMES = frozenset(
    {"Nejat Society", "انجمن نجات", "جمعية نجات", "جمعية النجاة", "مؤسسة نجات", "Shoqata Nejat", "Shoqëria Nejat"}
)
OLDER = frozenset({"Older Posts", "نوشته‌های قدیمی‌تر", "مقالات أقدم", "المقالات القديمة", "Postime më të vjetra"})
NEWER = frozenset(
    {"Newer Posts", "نوشته‌های جدیدتر", "نوشته‌های تازه‌تر", "مقالات أحدث", "المقالات الأحدث", "Postime më të reja"}
)
RECENT = frozenset(
    {
        "Recent Posts",
        "تازه‌ترین‌ها",
        "نوشته‌های تازه",
        "آخرین نوشته‌ها",
        "أحدث المقالات",
        "احدث المقالات",
        "Postimet e fundit",
    }
)
TOP = frozenset(
    {
        "Back To Top",
        "Back to top",
        "بازگشت به بالا",
        "برگشت به بالا",
        "العودة إلى الأعلى",
        "العودة للأعلى",
        "Kthehu lart",
    }
)
BACK_BUTTON = frozenset(
    {"Back to top button", "دکمه بازگشت به بالا", "زر الذهاب إلى الأعلى", "Butoni kthehu në krye"}
)
EXIT_MOBILE = frozenset(
    {
        "Exit mobile version",
        "خروج از نسخه موبایل",
        "الخروج من نسخة الهاتف المحمول",
        "الخروج من نسخة الجوال",
        "Dil nga versioni për celular",
    }
)
DESKTOP = frozenset({"View Desktop Version", "مشاهده نسخه دسکتاپ", "Exit mobile version"})
YOU_MAY_LIKE = frozenset(
    {
        "You may also like",
        "شاید بپسندید",
        "شاید دوست داشته باشید",
        "همچنین ممکن است بپسندید",
        "قد يعجبك أيضا",
        "قد يعجبك ايضا",
        "Mund t’ju pëlqejë",
    }
)
RELATED_ARTICLES = frozenset(
    {"Related Articles", "نوشته های مشابه", "نوشته‌های مشابه", "مقالات ذات صلة", "Artikuj të ngjashëm"}
)
RELATED_POSTS = frozenset(
    {
        "Related posts",
        "Related Posts",
        "نوشته‌های مرتبط",
        "نوشته های مرتبط",
        "مطالب مرتبط",
        "نوشته‌های مشابه",
        "نوشته های مشابه",
        "مقالات ذات صلة",
        "المقالات ذات الصلة",
        "Postime të ngjashme",
        "Artikuj të ngjashëm",
    }
)
REPLY = re.compile(
    r"(?:Leave a (?:Comment|Reply)|Add Comment|نظر بدهید|ارسال نظر|پاسخ دهید|دیدگاهتان را بنویسید|"
    r"اترك تعليقا[ًا]?|اترك ردا?ً?|Lini një (?:koment|përgjigje))"
    r"(?: (?:Cancel Reply|Cancel reply|لغو پاسخ|إلغاء الرد|Anuloje.*))?"
)
NEIGHBOUR = re.compile(
    r"(?i:previous post|next post|prev post)|نوشتهٔ (?:قبلی|بعدی)|نوشته (?:قبلی|بعدی)|المقال (?:السابق|التالي)|"
    r"postimi (?:i mëparshëm|tjetër)"
)
SOURCE = re.compile(r"(?:Source|منبع|المصدر|Burimi):?")
TAGS = re.compile(r"(?:Tags|برچسب ها|برچسب‌ها|الوسوم|Etiketa)")
CATEGORIES_FOOT = re.compile(r"(?:Categories|دسته‌ها|دسته‌بندی|التصنيفات|Kategoritë): .*|(?:Tags|برچسب‌ها|الوسوم): .*")
READ_MORE = re.compile(r"Read [Mm]ore|ادامهٔ? مطلب|ادامه مطلب|بیشتر بخوانید|اقرأ المزيد|Lexo më shumë|Vazhdo leximin")
READ_MORE_ARROW = re.compile(r"(?:Read More|بیشتر بخوانید|أكمل القراءة|اقرأ المزيد|Lexo më shumë) ?[»«›]")
BROWSING = re.compile(
    r"Browsing (?:Category|Tag|Author)|مرور(?: (?:رده|دسته|دسته بندی|دسته‌بندی|برچسب))?|"
    r"(?:تصفح|استعراض) (?:التصنيف|الوسم|التصنيفات)|Shfletoni (?:Kategorinë|Etiketën)"
)
#: What stands below the part of a text that a listing or one of several pages shows.
MORE = re.compile(r"(?i:continue reading)(?: .*)?|ادامهٔ? مطلب|ادامه مطلب|اقرأ المزيد|Vazhdo leximin")
PAGES = re.compile(rf"(?:Pages|برگه‌ها|صفحات|الصفحات|Faqe):(?: {_NUMBER}{{1,3}})+")
NO_TITLE = frozenset({"(no title)", "(بدون عنوان)"})
HOME = re.compile(
    r"(?:Home|خانه|صفحه اصلی|صفحه نخست|الرئيسية|Kreu|Kryefaqja|Ballina)\s*(?P<sign>[»›/>«])?\s*(?P<rest>.+)"
)
#: WordPress's words for what a password hides.
PROTECTED_TITLE = re.compile(r"(?:Protected|حفاظت شده|محمي|E mbrojtur|I mbrojtur): .*", re.DOTALL)
PASSWORD = re.compile(
    r"This (?:content|post) is password protected.*|این (?:محتوا|نوشته) با رمز محافظت شده است.*|"
    r"هذ[اه] .{0,20}محمي.? بكلمة مرور.*|Kjo lëndë mbrohet me fjalëkalim.*|"
    r"There is no excerpt because this is a protected post\.|چکیده‌ای در دسترس نیست.*|"
    r"لا يوجد مقتطف لأن .*|Nuk ka copëz.*",
    re.DOTALL,
)
PAGER = re.compile(
    r"Posts navigation|Next page|Previous page|صفحه بعدی|صفحه قبلی|الصفحة التالية|الصفحة السابقة|"
    rf"(?:Previous |Prev |قبلی )?(?:{_NUMBER}{{1,5}}|…|\.\.\.)(?: (?:{_NUMBER}{{1,5}}|…|\.\.\.))*(?: Next| بعدی)?|"
    r"(?:Previous|Prev|Next|قبلی|بعدی)(?: (?:Next|بعدی))?"
)
FOOT = OLDER | NEWER | RECENT | TOP | BACK_BUTTON | EXIT_MOBILE | DESKTOP
#: Line of a menu or of the sidebar, or a copyright line. Not every line with © is the site's: a picture's alt may
#: read `© Agency`.
MENU_LINE = re.compile(r"•.*|©.*(?:\bnejat|نجات|نجاة).*", re.IGNORECASE)
ELLIPSIS = re.compile(r".*(?:…|\.\.\.|\[…\]|\[&hellip;\])", re.DOTALL)
