"""What stands below the text of an article's own page, inside its element."""

from __future__ import annotations

from nejat_crawler.sample_site.appearance import Appearance
from nejat_crawler.sample_site.blog import Blog
from nejat_crawler.sample_site.content.inline import escape
from nejat_crawler.sample_site.content.posts import Post
from nejat_crawler.sample_site.content.theme_words import print_comments, print_date
from nejat_crawler.sample_site.theme.page_frame import late, time_tag


def tags(blog: Blog, post: Post) -> str:
    """Print the tags, which stand in the element of the text."""
    if not post.tags:
        return ""
    links = "".join(
        f'<a href="{term.link(blog.edition)}" rel="tag">{escape(term.name)}</a>'
        for term in blog.terms("tag", post.tags)
    )
    return f'<div class="post-tags">\n\t\t\t\t{links}\t\t\t</div>\n'


def neighbours(blog: Blog, post: Post) -> str:
    """Print links to the posts before and after."""
    posts = blog.public()
    place = posts.index(post)
    older = posts[place + 1] if place + 1 < len(posts) else None
    newer = posts[place - 1] if place else None
    steps = ""
    for name, neighbour, label in (("prev", older, blog.labels.previous), ("next", newer, blog.labels.following)):
        if neighbour:
            steps += f"""\t<div class="{name}-post"><div class="{name}-post-inner">
\t\t<div class="prev-post-title"><span>{label}</span></div>
\t\t<a href="{neighbour.link}"><div class="pagi-text"><h5 class="{name}-title">{escape(neighbour.shown_title)}</h5>\
</div></a>
\t</div></div>
"""
    return f'\t<div class="post-pagination">\n{steps}\t</div>\n'


def related(blog: Blog, post: Post, look: Appearance) -> str:
    """Print up to ten posts of the same category, their titles cut to eight words."""
    if not post.categories:
        return ""
    posts = [other for other in blog.archive(blog.term("module", post.categories[0])) if other is not post][:10]
    items = ""
    for other in posts:
        words = other.shown_title.split()
        title = escape(" ".join(words[:8]) + ("..." if len(words) > 8 else ""))
        thumb = (
            f'<a class="related-thumb penci-image-holder owl-lazy" {late(look)}="{other.leads[0].src}"'
            f' href="{other.link}" title="{escape(other.shown_title)}"></a>'
            if other.leads
            else ""
        )
        items += f"""<div class="item-related">{thumb}
\t<h3><a href="{other.link}">{title}</a></h3>
\t<span class="date">{time_tag(other, look)}</span>
</div>
"""
    return f"""\t<div class="post-related">
\t\t<div class="post-title-box"><h4 class="post-box-title">{blog.labels.related}</h4></div>
\t\t<div class="penci-owl-carousel penci-owl-carousel-slider penci-related-carousel" data-lazy="true">
{items}</div></div>
"""


def comments(blog: Blog, post: Post) -> str:
    """Print what readers said, and the form for more."""
    shown = "".join(
        f"""<div class="comment even thread-even depth-1" id="comment-{post.post_id * 100 + place}" \
itemprop="" itemscope="itemscope" itemtype="https://schema.org/UserComments">
\t<div class="thecomment"><div class="comment-text">
\t<span class="author"><span itemprop="name">{escape(comment.author)}</span></span>
\t<span class="date"datetime="{comment.date.isoformat(timespec="seconds")}"itemprop="commentTime">\
<i class="penci-faicon fa fa-clock-o" ></i>{print_date(blog.edition, comment.date)} - {comment.date:%H:%M}</span>
\t<div class="comment-content" itemprop="commentText"><p>{escape(comment.text)}</p></div>
\t</div></div>
</div>
"""
        for place, comment in enumerate(post.comments)
    )
    thread = (
        f'<div class="post-title-box"><h4 class="post-box-title">'
        f"{print_comments(blog.edition, len(post.comments))}</h4></div>\n<div class='comments'>{shown}</div>\n"
        if shown
        else ""
    )
    return f"""\t<div class="post-comments{"" if shown else " no-comment-yet"}" id="comments">
{thread}\t<div id="respond" class="comment-respond">
\t\t<h3 id="reply-title" class="comment-reply-title"><span>{blog.labels.reply}</span></h3>\
<form action="{blog.home}wp-comments-post.php" method="post" id="commentform" class="comment-form">\
<p class="comment-form-comment"><textarea id="comment" name="comment" cols="45" rows="8"></textarea></p>
<p class="form-submit"><input name="submit" type="submit" id="submit" class="submit" value="Submit" />\
<input type='hidden' name='comment_post_ID' value='{post.post_id}' id='comment_post_ID' /></p></form>
\t</div><!-- #respond -->
\t</div> <!-- end comments div -->"""
