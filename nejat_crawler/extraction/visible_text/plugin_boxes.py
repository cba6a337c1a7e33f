"""What plugins of WordPress put into texts and round them, by the classes and ids that they give to their boxes."""

from __future__ import annotations

import re
from functools import cache, lru_cache

#: A line a plugin: the classes of its boxes, or `#` and an id; `*` is any end. What authors themselves choose for a
#: text (FAQ, accordion, tabs, spoiler, gallery, quotation, button) has no place here.
PLUGIN_BOXES = """
# counters and dates
Post Views Counter: post-views
WP-PostViews: wp-postviews wp-post-views post-view-count postviews
Page Views Count: pvc_stats pvc_clear pvc_load_by_ajax_update
Top 10: tptn_counter tptn_posts tptn_posts_daily tptn_related
Page Visit Counter: page-visits-counter pvcp_* page-visit-counter*
BAW Post Views Count: bawpvc-ajax-counter bawpvc
WordPress Popular Posts: wpp-list wpp-views popular-posts wpp-shortcode
Koko Analytics, WP Statistics: koko-analytics-* wp-statistics-*
Views of others: post-views-count views-count view-count post-view-counter views-counter*
Reading Time WP: rt-reading-time span-reading-time
Estimated reading time: reading-time estimated-reading-time post-reading-time entry-reading-time
Yoast reading time: yoast-reading-time__wrapper wp-block-yoast-seo-estimated-reading-time
Core's reading time: wp-block-post-time-to-read
Read Meter: bsf-rt-reading-time bsf-rt-display-label
Worth The Read: wtr-time-wrap
WP Last Modified Info: post-last-modified wplmi-* lmt-*
other dates of a change: last-updated last-modified last-updated-date post-modified-info dpt_last_modified
    last-modified-timestamp
# ratings and votes
WP-PostRatings: post-ratings* wp-postratings
kk Star Ratings: kk-star-ratings kksr-*
Yasr: yasr-*
Rate my Post: rmp-widgets-container rmp-rating-widget rmp-results-widget rmp-main rmp-wp-plugin
GD Rating System: gdrts-* gdrating*
Multi Rating: rating-form multi-rating*
Star ratings: wp-block-jetpack-rating-star-form glsr-* site-reviews* rw-ui-* rw-left rw-right
WP ULike: wpulike wpulike-* wp_ulike_*
Like buttons: likebtn-wrapper likebtn_container lbl-* zilla-likes sl-wrapper simple-likes pp_post_like* wti-likes*
    watch-action thumbs-rating-container post-like post-likes pld-* irecommendthis* wp-like-* dot-irecommendthis
Helpful: helpful helpful-content helpful-controls was-this-helpful
Reactions: wpra-* da-reactions da-reactions-* vicomi-feelbacks wpac-like-wrapper
WP-Polls: wp-polls wp-polls-* #polls-*
Other polls: ays-poll-* ays-quiz-* pds-box CSS_Poll crowdsignal-poll* totalpoll-* yop-poll-* basic_yop_poll_container
    wp-block-crowdsignal-forms-*
# sharing
Jetpack: sharedaddy sd-sharing* sd-block sd-like sd-like-enabled jetpack-likes-widget-wrapper jetpack-likes-widget-*
    wp-block-jetpack-sharing-buttons wp-block-jetpack-like #jp-post-flair #likes-other-gravatars
AddToAny: addtoany_share_save_container addtoany_share_save addtoany_list addtoany_content a2a_kit a2a_default_style
    a2a_floating_style addtoany_header
Sassy Social Share: heateor_sss_* heateor_ss_*
Super Socializer: the_champ_*
ShareThis: sharethis-inline-* sharethis-sticky-* st-btns st_sharethis* sharethis-wrapper
AddThis: addthis_* addthis-* at-above-post* at-below-post* at-share-* at-follow-* at-resp-share-element
Simple Share Buttons: ssba ssba-* ssbp-wrap ssbp-list #ssba-* simplesocialbuttons* ssb_* supsystic-social-sharing*
    fsb-social-bar xs_social_* ss-social-sharing
Shared Counts: shared-counts-wrap shared-counts-* shared_counts*
Social Warfare: swp_social_panel* swp-social-panel* swp_total_*
Monarch: et_social_* et_monarch
Easy Social Share: essb_links essb_links_* essb_total_* essb_message_* essb-total-* essb-subscribe-* essb_subscribe*
    essb-fc-* essb_followme
Novashare: ns-buttons ns-buttons-* ns-inline ns-total-share-*
Grow, Social Pug: dpsp-share-* dpsp-networks-* dpsp-total-share* dpsp-shortcode-wrapper dpsp-content-wrapper
    grow-share-*
MashShare: mashsb-* mashsb
Scriptless Social Sharing: scriptlesssocialsharing scriptlesssocialsharing__*
Ultimate Social Media: sfsi_* sfsi-* sfsibeforpstwpr sfsiaftrpstwpr sfsiplus* usm-premium-*
Social Snap: ss-inline-share-* ss-share-* ss-floating-bar*
Blog2Social, WPSSO: wpsso-buttons wpsso-ssb* wpssossb* b2s-*
Social Media Feather: synved-social-* synved-share-*
Digg Digg, Flare: dd_post_share dd_outer flare-horizontal flare-vertical really_simple_share robots-nocontent-share
WP Socializer: wp-socializer wpsr-* wpsr_* socializer
Kiwi: kiwi-article-bar kiwi-floating-bar kiwi-logo
Hubbub, Genesis Simple Share: share-before share-after hubbub-*
Fuse Social, Cresta: crestashareicon* cresta-share-* #crestashareicon #crestashareiconincontent
Shareaholic: shareaholic-canvas shareaholic-* share-a-holic*
WPUpper: wpusb wpusb-*
Nextend, Uptolike, Yandex: uptolike-buttons ya-share2 pluso share42init
Share buttons of page builders: elementor-widget-share-buttons elementor-share-buttons* fusion-sharing-box
    et_pb_social_media_follow_share wp-block-outermost-social-sharing* wp-block-ub-social-share*
    wp-block-social-sharing* uagb-social-share* wp-block-uagb-social-share* kt-blocks-social-share* kb-social-share*
    wp-block-kadence-social-share* wp-block-genesis-blocks-gb-sharing gb-block-sharing
Shariff and others: shariff shariff-* ssk-* hupso_* sharify-* simple-social-icons nectar-social* ultp-social-*
    wp-block-ultimate-post-social-share premium-social-share* eael-social-share* wpr-sharing-buttons jet-social-share*
    wp-block-social-links wp-block-social-link
Share bars of themes: share-buttons social-share social-sharing social-share-buttons social-sharing-buttons
    share-bar share-post post-share post-sharing post-share-buttons share-this sharing-buttons share-icons
    share-links entry-share entry-sharing entry-social single-share td-post-sharing td-post-sharing-*
    mh-social-bottom mh-share-* jnews_share_container jeg_share_* bs-shares post-social-share social-media-share
    article-share share-article rrssb-buttons share_buttons share-box share-wrapper
Telegram, WhatsApp: wptelegram-* wptwa-* wp-whatsapp-* telegram-channel-link join-telegram join-whatsapp
    whatsapp-share whatsapp-share-button fb-like fb-share-button fb-send fb-page twitter-share-button
    twitter-follow-button g-plusone
Click to Tweet: bctt-ctt-btn
# other posts
Jetpack: jp-relatedposts jp-relatedposts-* wp-block-jetpack-related-posts #jp-relatedposts
YARPP: yarpp yarpp-* yarppWidget
Contextual Related Posts: crp_related crp-* crp_related_block
Related Posts Thumbnails: relpost-* relpost_*
Inline Related Posts: irp-* *inline_related* inline-related* irp_*
Related Posts for WordPress: rp4wp-related-posts rp4wp-*
WordPress Related Posts: wp_rp_wrap wp_rp_content wp_rp_* zem_rp_* related_post_title related_post
Custom Related Posts, Relevanssi: custom-related-posts crp-list relevanssi_related
Related Posts by Taxonomy, SRP: rpbt_* rpbt-* srp-widget* srpw-* yuzo_* similar-posts bibblio* pt-cv-wrapper
nrelate, Outbrain, Taboola: nrelate nrelate_* OUTBRAIN ob-widget taboola #taboola-* trc_related_container
    trc_rbox_container mgbox
Mediavine, Bloglovin: mv-recommended related-content-widget
Link Whisper, Intelly: wpil-related-posts* wpil-*-related* intelly-related-posts link-whisper-related-posts
Related posts of themes: related-posts related_posts relatedposts related-post related-articles related-stories
    also-read read-also alsoread read-also-box you-may-like you-may-also-like more-stories jeg_related_posts*
    jnews_related_post_container jnews_inline_related_post jnews_inline_related_post_wrapper td_block_related_posts
    tdb-related-posts bs-irp post-related-posts pp-related-posts wp-block-post-navigation-link post-navigation
Latest posts: wp-block-latest-posts wp-block-latest-comments wp-block-query
    wp-block-newspack-blocks-homepage-articles display-posts-listing recent-posts-extended rpwe-* rpwe-block
    lcp_catlist ultimate-posts-widget
Posts in page builders: elementor-widget-posts elementor-widget-loop-grid elementor-widget-loop-carousel
    elementor-posts-container elementor-widget-wp-widget-recent-posts elementor-widget-post-navigation
    elementor-widget-post-comments vc_basic_grid vc_masonry_grid vc_posts_slider wpb_posts_slider eael-post-grid*
    eael-post-timeline* wp-block-uagb-post-* uagb-post-grid wp-block-kadence-posts et_pb_blog_grid* et_pb_blog_*
    fusion-blog-shortcode fusion-recent-posts wp-block-essential-blocks-post-*
Other lists that change by themselves: wp-block-archives wp-block-calendar wp-block-categories wp-block-loginout
    wp-block-navigation wp-block-page-list wp-block-rss wp-block-tag-cloud
WP-PageNavi: wp-pagenavi
Series: wp-series-box series-meta* seriesbox seriesmeta seriesbox-* wp-post-series-box post-series-box
# contents
Easy Table of Contents: ez-toc-container ez-toc-v* ez-toc-counter* ez-toc-title* ez-toc-widget* #ez-toc-container
Table of Contents Plus: toc_container #toc_container toc_widget_list
LuckyWP: lwptoc lwptoc-* lwptoc_*
Rank Math: wp-block-rank-math-toc-block #rank-math-toc rank-math-toc
Yoast: wp-block-yoast-seo-table-of-contents yoast-table-of-contents
Ultimate Blocks: ub_table-of-contents ub_table-of-contents-* wp-block-ub-table-of-contents* ub-table-of-contents*
Anchors of headings: anchor-link header-anchor heading-anchor anchorjs-link heading-link-anchor
Core, other blocks: wp-block-table-of-contents wp-block-*-toc wp-block-*-table-of-contents wp-block-simpletoc-*
    simpletoc-title simpletoc-list wp-block-kadence-tableofcontents kb-table-of-content-* kb-table-of-content-nav
    wp-block-uagb-table-of-contents wp-block-aioseo-table-of-contents joli-toc wpj-jtoc* eb-toc-container
    eb-toc-wrapper stk-table-of-contents stk-block-table-of-contents gutentoc* wp-block-gutentoc*
Page builders, others: elementor-widget-table-of-contents fixed-toc ftwp-in-post ftwp-container* #ftwp-container*
    #fixed-toc cm-table-of-contents* toc-container table-of-contents table_of_contents #table-of-contents-box
    toc_wrapper toc-wrapper toc-box ht_toc_container wp-block-ht-blocks-toc thrv_contents_table tve_contents_table
# about the author
Simple Author Box: saboxplugin-wrap saboxplugin-* sabox-*
PublishPress Authors: pp-multiple-authors-* pp-author-boxes-* multiple-authors-*
Starbox: abh_box abh_box_* abh_*
Molongui: m-a-box m-a-box-* molongui-author-box* molongui-*
Co-Authors Plus: co-authors-plus coauthors-* wp-block-co-authors-plus-* cap-author-bio*
About Author, WP About Author: wp-about-author-* ts-fab-* ts-fab-wrapper fab-author-box* author-box-wp
    wp-biographia-* guest-author-box
Meks, Fancy, others: meks-author* mks_author_widget axactAuthorBox* cab-author cab-author-* saab-* wpa-author-box
    eps-author-box author-bio-box wp-block-author-box* elementor-author-box elementor-widget-author-box ppma-*
    kadence-author-box wp-block-post-author-biography
    wp-block-post-author wp-post-author* better-author-bio* #author-bio-box author-info
    author-bio author-box author-box-wrap author-description entry-author-info about-author post-author-box
    #author-box #entry-author-info
# tools, forms, advertisements
Print, PDF: printfriendly printfriendly-* pf-button pf-button-* pf-alignleft pf-alignright pf-aligncenter
    wpptopdfenh wp-print-* wpp-print* print-link print-button post-print pdfprnt-buttons* pdfprnt-* dkpdf-* e2pdf-*
    wp-mpdf* pdf24Plugin-cp* print_link wp-print printomatic*
Text to speech: responsivevoice-button gspeech_pro_* beyondwords-player* wp-block-beyondwords-* trinity-audio*
    trinityAudioPlaceholder play-ht-* playht-* tta__* tts__* mdp-speaker-* speaker-wrapper mementor-*
    amazon-polly-audio* #amazon-polly-audio* speechkit-player* text-to-speech-player listen-to-article
Accessibility, size of letters: font-resizer fontResizer* text-resizer accessibility-font-resizer
Newsletters: ngl-* emailoctopus-form* sibwp_form* mc4wp-* mailpoet_* mailpoet_form tnp tnp-* tnp-subscription
    wp-block-jetpack-subscriptions*
    jetpack_subscription_widget wp-block-jetpack-mailchimp wp-block-jetpack-subscriber-* om-holder om-post-widget
    optin-monster* omapi-* bloom_* et_bloom* es_shortcode_form* email-subscribe* emaillist sml_subscribe
    newsletter-signup newsletter-form newsletter-box subscribe-box subscription-form subscribe-form formkit-form
    convertkit-form* seva-form kit-form #mc_embed_signup mc_embed_signup klaviyo-form* sib_signup_form sib-form
    hustle-ui hustle_* wysija-* wysija wpforms-newsletter icegram ig_form* noptin-* wp-block-mailerlite-* ml-form-*
    mailster-form*
Forms: wpcf7* wpforms-container* gform_wrapper* nf-form-cont* frm_forms* fluentform* forminator-*
Chats: joinchat joinchat__* mwai-* tawk-* #tawk-* wabtn*
Favourites: simplefavorite-* wpfp-span cbxwpbookmark*
Languages: trp-language-switcher* pll-switcher* conveythis-* weglot-* wpml-ls* icl_post_in_other_langs gtranslate*
    #google_translate_element skiptranslate
Push messages: onesignal-* webpushr-* #webpushr-*
Follow us: follow-us follow-us-box feedburner-* google-news-box google-news-follow gn-follow* follow-google-news
    wp-block-follow-* wpfront-notification-bar
Ad Inserter: div.code-block ai-viewport-* ai-insert-* ai_widget
Advanced Ads: advads-* adsanity-* advanced-ads* gofollow
Quick AdSense: quads-location quads-* quick-adsense* #quads-*
Labels of advertisements: ad-label ads-label advertisement-label
Other advertisements: adsbygoogle adrotate_* g-single g-group adthrive-* adthrive google-auto-placed wp-insert-*
    wpinsert* wpproadszone* wppas* mv_slot_target mv-ad-box ezoic-ad ezoic-* #ezoic-* ad-inserter* insert-post-ads
    insert_post_ads sam_ad adning-* bsac bs-ad bs-ads betterads-* jeg_ad jeg_ad_* jnews_content_inline_ads
    penci-ads* td-adspot* td-a-rec td-a-rec-* td-g-rec htlad-* htl-ad wp-block-ad ad-container ad-wrapper ad-slot
    ad-unit adsense advertisement google-ad google-ads wp_bannerize* stream-item-in-post* stream-item-* easyazon*
    aawp-* afs_ads wp-block-advanced-ads*
Cookies: cookie-notice cookie-notice-* #cookie-notice cookie-law-info* #cookie-law-info* cli-modal* cky-* cmplz-*
    borlabs-cookie moove_gdpr* gdpr-* cookiebot* CookieDeclaration* termly-* iubenda-*
Comments: #disqus_thread disqus_thread dsq-* fb-comments wpdiscuz* wpd-inline-icon-wrapper wpd-inline-form-wrapper
    #wpdcom comments-area comment-respond #respond #comments wp-block-comments wp-block-post-comments*
    wp-block-post-comments-form #disqus-* hyvor-talk-* wpdc-comments commento #commento graphcomment #graphcomment
    jp-carousel-comments
Donations: dgx-donate* give-form-wrap give-wrap give-form give-embed-form donate-button donate-button-*
    donation-button donation-form donation-box seamless-donations* wp-block-jetpack-donations paypal-donations
    wp-block-give-* bmc-btn bmc-button bmc-* kofi-button kofi-button-* ko-fi-* patreon-* charitable-* crowdfund-*
Breadcrumbs: breadcrumbs breadcrumb breadcrumb-* #breadcrumbs #breadcrumb rank-math-breadcrumb yoast-breadcrumb*
    breadcrumb_* aioseo-breadcrumbs bcn-* wp-block-bcn-* breadcrumb-trail wp-block-yoast-seo-breadcrumbs
    wp-block-woocommerce-breadcrumbs woocommerce-breadcrumb wp-block-breadcrumbs
Edit links: post-edit-link edit-link
Copyright notices: wpcp-* copyright-notice-plugin
"""


@cache
def _names() -> tuple[frozenset[str], re.Pattern[str]]:
    """The names that end as they stand, and a pattern of those that may have any end."""
    rows = re.sub(r"(?m)^(?:#.*|[^:\n]*:)", "", PLUGIN_BOXES)
    names = set(rows.split())
    any_end = "|".join(re.escape(name).replace(r"\*", ".*") for name in sorted(names) if "*" in name)
    return frozenset(name for name in names if "*" not in name), re.compile(any_end)


#: Characters of a name; longer ones nobody gives.
_LONGEST = 80


@lru_cache(maxsize=4096)
def box_of_plugin(tag: str, classes: str, element_id: str) -> str:
    """The class, or `#` and the id, by which an element is known as the box of a plugin; empty if it is none.

    >>> box_of_plugin("div", "wide kksr-legend", "")
    'kksr-legend'
    >>> box_of_plugin("pre", "code-block", "")
    ''
    """
    whole, any_end = _names()
    ids = [f"#{element_id}"] if element_id else []
    for name in (*classes.split(), *ids):
        if name in whole or f"{tag}.{name}" in whole or (len(name) < _LONGEST and any_end.fullmatch(name)):
            return name
    return ""
