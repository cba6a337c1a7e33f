"""Scrapy settings: item pipelines, politeness, retries, middlewares. `-s NAME=VALUE` overrides any of them."""

import os

from scrapy.settings import default_settings

from nejat_crawler import __version__

BOT_NAME = "nejat-crawler"
SPIDER_MODULES = ["spiders"]
COMMANDS_MODULE = "nejat_crawler.crawl.commands"

# The item pipelines, in order. This list is the specification.
STEPS = (
    "pipelines.skip_known.SkipKnown",
    "pipelines.strip_chrome.StripChrome",
    "pipelines.extract_article.ExtractArticle",
    "pipelines.resolve_date.ResolveDate",
    "pipelines.check_article.CheckArticle",
    "pipelines.store_article.StoreArticle",
)
ITEM_PIPELINES = {step: 100 * number for number, step in enumerate(STEPS, start=1)}

# Where articles end up.
NEJAT_DB = os.environ.get("NEJAT_DB", "data/nejat.db")

# Who is asking. An operator puts a mail address or a page here, so that the site's owner can answer; it joins
# the user agent.
NEJAT_CONTACT = os.environ.get("NEJAT_CONTACT", "")
USER_AGENT = f"nejat-crawler/{__version__} (web archive)"

# Politeness: robots.txt and its Crawl-delay, one request a second with jitter, slower when the server is slow.
ROBOTSTXT_OBEY = True
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0.5
CONCURRENT_REQUESTS_PER_DOMAIN = 1
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 60.0
# One request at a time, all hosts together: a wait is then that of the whole crawl.
CONCURRENT_REQUESTS = 1
# Captures that wait for their steps: of so few, what the reading of their page has found is still remembered.
CONCURRENT_ITEMS = 4

# Whom to believe: a server whose certificate the system's trust store proves. NEJAT_VERIFY_TLS=0 believes any.
DOWNLOAD_VERIFY_CERTIFICATES = os.environ.get("NEJAT_VERIFY_TLS", "1") != "0"
# Scrapy's default knows no IPv6 addresses.
DNS_RESOLVER = "scrapy.resolver.CachingHostnameResolver"

NEJAT_COMPARE_CLOCKS = True
"""Whether a run ends where the clocks of this machine and of the server are a day or more apart."""

# Limits on every answer: the largest page seen is 0.2 MB, an article of 5 MB is thinkable, and so is a PDF of 30 MB.
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024
DOWNLOAD_WARNSIZE = 8 * 1024 * 1024
DOWNLOAD_HANDLERS = dict.fromkeys(("http", "https"), "nejat_crawler.crawl.downloading.answer_heads.BoundedHeads")
NEJAT_LONGEST_PAGE = 8 * 1024 * 1024
"""Bytes of an HTML page, unpacked: one of 31 MB took a minute to read, and 0.9 GB."""
DOWNLOAD_TIMEOUT = 60
REDIRECT_MAX_TIMES = 5

# Retries: a failed request is tried again after 2, 4 and 8 seconds, or when Retry-After says.
RETRY_TIMES = 3
RETRY_HTTP_CODES = [408, 429, *range(500, 600)]
RETRY_PRIORITY_ADJUST = 1  # before anything else is asked for
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the report says it, in a sentence
NEJAT_BACKOFF = 2.0
"""Seconds before the first further try; each further wait is twice as long, up to AUTOTHROTTLE_MAX_DELAY."""
NEJAT_LONGEST_WAIT = 600.0
"""Seconds that a Retry-After is obeyed for; a request that asks for more is given up."""
NEJAT_MOST_FAILURES = 20
"""Requests given up one after the other before the run leaves the site alone."""

# What is switched off: cookies, and what executes code over loopback. Scrapy loads also what has no place, for two
# tenths of a second: it must not be listed at all.
_OFF = ("CookiesMiddleware", "RemoteControl", "TelnetConsole")
_EXTENSIONS, _MIDDLEWARES = default_settings.EXTENSIONS_BASE, default_settings.DOWNLOADER_MIDDLEWARES_BASE
EXTENSIONS_BASE = {name: place for name, place in _EXTENSIONS.items() if not name.endswith(_OFF)}
DOWNLOADER_MIDDLEWARES_BASE = {name: place for name, place in _MIDDLEWARES.items() if not name.endswith(_OFF)}
DOWNLOADER_MIDDLEWARES = {
    "nejat_crawler.crawl.downloading.offsite.StayOnSite": 50,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "nejat_crawler.crawl.downloading.robots_txt.ObeyRobots": 100,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "nejat_crawler.crawl.downloading.retry.Retries": 550,
    "nejat_crawler.crawl.downloading.retry.PageLength": 570,
    "nejat_crawler.crawl.downloading.clock.CompareClocks": 610,  # before a redirect is followed
    "nejat_crawler.crawl.downloading.recording.RecordAnswers": 1000,  # before anything is unpacked
}
EXTENSIONS = {
    "nejat_crawler.crawl.run.Run": 0,
    "nejat_crawler.crawl.downloading.crawl_delay.CrawlDelay": 10,
    "nejat_crawler.crawl.progress_bar.Progress": 20,
}

# That no callback is a generator which returns a value, mypy says; Scrapy parses the spider for it in each run.
WARN_ON_GENERATOR_RETURN_VALUE = False

NEJAT_WARC = True
"""Whether each run keeps what servers answered, as WARC files in the folder `warc` beside the archive."""
NEJAT_WARC_SIZE = 10**9
"""Bytes behind which a run begins its next WARC file."""

LOG_LEVEL = os.environ.get("NEJAT_LOG_LEVEL", "INFO")
NEJAT_QUIET = False
"""Whether a run without news and errors prints nothing; `--quiet` of `nejat crawl` and `scrapy crawl` do that."""
NEJAT_PROGRESS = False
"""Whether to draw a progress bar on the terminal; `nejat crawl` does."""
NEJAT_EXPECTED = 0
"""How many articles the bar runs to; 0 where nobody knows."""
