"""Rows of posts that stand above a list, and repeat what it shows or show it instead; printed as lists are."""

from __future__ import annotations

from nejat_crawler.sample_site.theme.layout_rows import Entry, Layout
from nejat_crawler.sample_site.theme.layouts import big_item

#: How many of a category's newest posts stand in the grid above its list, and no longer in the list.
FEATURED = 5

SLIDER = Layout(
    (
        Entry(
            """<div class="item swiper-slide swiper-mark-item">
<div class="penci-swiper-mask penci-image-holder penci-lazy" data-href="{link}">
<div class="penci-featured-content"><div class="feat-text"><div class="featured-slider-overlay"></div>
<div class="cat featured-cat">{category_names}</div>
<h3>{title}</h3>
<div class="feat-meta"><span class="feat-time">{time}</span><span class="feat-comments">{comments}</span></div>
</div></div></div>
</div>
""",
            article="",
        ),
    ),
    opening='<div class="featuredsl-customizer featured-area featured-style-1"><div class="container">'
    '<div class="penci-owl-featured-area elsl-style-1 swiper penci-owl-carousel"><div class="swiper-wrapper">\n',
    closing="</div></div></div></div>\n",
)

POPULAR = Layout(
    (
        Entry(
            """<div class="item-related swiper-slide"><div class="item-related-inner">
{background}<h3 class="entry-title">{title}</h3>
<span class="date">{time}</span>
</div></div>
""",
            article="",
        ),
    ),
    opening='<div class="container penci-home-popular-posts">\n'
    '<h2 class="home-pupular-posts-title"><span>Popular Posts</span></h2>\n'
    '<div class="swiper penci-owl-carousel penci-owl-carousel-slider penci-related-carousel">'
    '<div class="swiper-wrapper">\n',
    closing="</div></div>\n</div>\n",
)

GRID_ABOVE = Layout(
    (Entry(big_item(), article=""),),
    opening='<div class="penci-clearfix penci-biggrid-wrapper container biggrid-archive-wrapper biggrid-cat-wrapper">'
    '<div class="penci-clearfix penci-biggrid penci-bgstyle-1 penci-bgel"><div class="penci-biggrid-inner">'
    '<div class="penci-big-grid-ajax-data"><div class="penci-clearfix penci-biggrid-data penci-dblock">\n',
    closing="</div></div></div></div></div>\n",
)

#: An advertisement between two entries: in a list, and elsewhere.
AD_IN_LIST = (
    '<li class="list-post pclist-layout penci-infeed-data"><div class="penci-inner-infeed-data"><div class="ad-box">'
    '<p>Advertisement: <a href="https://example.org/ad">Ropes, lamps and boots at the Ridge Fair</a></p>'
    "</div></div></li>\n"
)
AD_ELSEWHERE = AD_IN_LIST.replace("<li", "<div").replace("</li>", "</div>")
