"""A small invented WordPress of a mountain rescue society that looks and behaves like the real site.

`nejat demo` and the tests crawl it over real HTTP. Its truth comes from its data, never from its markup.
"""

from nejat_crawler.sample_site.appearance import Appearance
from nejat_crawler.sample_site.content.posts import Post
from nejat_crawler.sample_site.sample_site import SampleSite
from nejat_crawler.sample_site.server.http_server import Request, Server, serve

__all__ = ["Appearance", "Post", "Request", "SampleSite", "Server", "serve"]
