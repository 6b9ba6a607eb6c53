"""How addresses of user pages are formed in services of many kinds; {} is somebody's name."""


def each(text: str) -> list[str]:
    """What stands between blanks."""
    return text.split()


# Hosts without a rule: the whole path, its parameters, its fragment or the host has the name.
WEB = each("""
https://twitch.tv/{} https://m.twitch.tv/{} https://kick.com/{} https://vimeo.com/{}
https://dailymotion.com/{} https://rumble.com/user/{} https://rumble.com/c/{}
https://odysee.com/@{} https://odysee.com/@{}:4 https://bitchute.com/channel/{}
https://soundcloud.com/{} https://open.spotify.com/user/{} https://mixcloud.com/{}/
https://last.fm/user/{} https://{}.bandcamp.com https://bandcamp.com/{}
https://podcasts.example/show/{} https://anchor.fm/{} https://audiomack.com/{}
https://genius.com/{} https://genius.com/artists/{} https://smule.com/{}
https://reverbnation.com/{} https://rateyourmusic.com/~{} https://discogs.com/user/{}
https://github.com/{} https://gist.github.com/{} https://gitlab.com/{} https://bitbucket.org/{}/
https://codeberg.org/{} https://sourceforge.net/u/{} https://launchpad.net/~{}
https://rubygems.org/profiles/{}
https://hub.docker.com/u/{}/ https://crates.io/users/{} https://packagist.org/users/{}/
https://kaggle.com/{} https://huggingface.co/{} https://stackoverflow.com/users/filter?search={}
https://codepen.io/{} https://replit.com/@{} https://dev.to/{} https://hackerrank.com/{}
https://hackerone.com/{} https://bugcrowd.com/{} https://leetcode.com/{}
https://codeforces.com/profile/{} https://codewars.com/users/{} https://topcoder.com/members/{}
https://freecodecamp.org/{} https://exercism.org/profiles/{} https://scratch.mit.edu/users/{}
https://keybase.io/{} https://about.me/{} https://linktr.ee/{} https://beacons.ai/{}
https://{}.carrd.co https://bio.link/{} https://lnk.bio/{} https://campsite.bio/{}
https://taplink.cc/{} https://solo.to/{} https://allmylinks.com/{} https://hoo.be/{}
https://medium.com/@{} https://{}.medium.com https://{}.wordpress.com https://{}.blogspot.com
https://{}.tumblr.com https://tumblr.com/{} https://{}.substack.com https://substack.com/@{}
https://{}.livejournal.com https://{}.dreamwidth.org https://{}.hatenablog.com
https://{}.weebly.com https://{}.wixsite.com https://{}.jimdofree.com https://{}.neocities.org
https://{}.netlify.app https://{}.github.io https://{}.pages.dev https://{}.vercel.app
https://{}.itch.io https://itch.io/profile/{} https://telegra.ph/{} https://write.as/{}
https://rentry.co/{} https://pastebin.com/u/{} https://ghostbin.example/~{}
https://sites.google.com/view/{} https://docs.google.com/forms/d/e/{}/viewform
https://docs.google.com/document/d/{}/edit https://drive.google.com/file/d/{}/view?usp=sharing
https://plus.google.com/+{} https://google.com/maps/contrib/{}
https://play.google.com/store/apps/developer?id={} https://groups.google.com/g/{}
https://forms.office.com/e/{} https://forms.office.com/Pages/ResponsePage.aspx?id={}
https://canva.com/p/{}/ https://padlet.com/{} https://issuu.com/{} https://scribd.com/{}
https://slideshare.net/{} https://prezi.com/user/{}/ https://trello.com/{}
https://miro.com/app/board/{} https://disqus.com/by/{}/ https://gravatar.com/{}
https://en.gravatar.com/{} https://trustpilot.com/users/{} https://yelp.com/user_details?userid={}
https://tripadvisor.com/Profile/{} https://tripadvisor.com/members/{} https://foursquare.com/{}
https://couchsurfing.com/people/{} https://airbnb.com/users/show/{} https://etsy.com/shop/{}
https://etsy.com/people/{} https://ebay.com/usr/{} https://ebay.com/str/{}
https://amazon.com/gp/profile/{} https://depop.com/{} https://vinted.fi/member/{}
https://poshmark.com/closet/{} https://redbubble.com/people/{} https://society6.com/{}
https://teepublic.com/user/{} https://fiverr.com/{} https://upwork.com/freelancers/~{}
https://freelancer.com/u/{} https://guru.com/freelancers/{}
https://peopleperhour.com/freelancer/{} https://toptal.com/resume/{} https://kwork.example/user/{}
https://patreon.com/{} https://patreon.com/c/{} https://ko-fi.com/{} https://buymeacoffee.com/{}
https://liberapay.com/{} https://kickstarter.com/profile/{} https://indiegogo.com/individuals/{}
https://gofundme.com/f/{} https://paypal.me/{} https://paypal.com/paypalme/{} https://cash.app/${}
https://venmo.com/{} https://venmo.com/u/{} https://account.venmo.com/u/{} https://onlyfans.com/{}
https://fansly.com/{} https://imgur.com/user/{} https://giphy.com/{} https://tenor.com/users/{}
https://500px.com/p/{} https://unsplash.com/@{} https://pexels.com/@{}
https://pixabay.com/users/{}/ https://deviantart.com/{} https://{}.deviantart.com
https://artstation.com/{} https://{}.artstation.com https://behance.net/{} https://dribbble.com/{}
https://vsco.co/{} https://{}.smugmug.com https://photobucket.com/u/{} https://imdb.com/user/{}
https://letterboxd.com/{} https://trakt.tv/users/{} https://myanimelist.net/profile/{}
https://anilist.co/user/{} https://kitsu.io/users/{} https://goodreads.com/{}
https://goodreads.com/user/show/{} https://librarything.com/profile/{} https://wattpad.com/user/{}
https://archiveofourown.org/users/{} https://fanfiction.net/u/{} https://archive.org/details/@{}
https://en.wikipedia.org/wiki/User:{} https://fi.wikipedia.org/wiki/{}
https://commons.wikimedia.org/w/index.php?title=User:{}
https://wikidata.org/w/index.php?title=User:{}&action=history
https://community.fandom.com/wiki/User:{} https://{}.fandom.com/wiki https://quora.com/profile/{}
https://answers.example/profile/{} https://vk.com/{} https://vk.ru/{} https://ok.ru/{}
https://ok.ru/profile/{} https://my.mail.ru/mail/{}/ https://weibo.com/{} https://weibo.com/u/{}
https://douyin.com/user/{} https://kuaishou.com/profile/{} https://space.bilibili.com/{}
https://zhihu.com/people/{} https://line.me/R/ti/p/@{} https://qm.qq.com/q/{}
https://signal.me/#p/{} https://signal.me/#eu/{} https://signal.group/#{}/
https://matrix.to/#/@{}:matrix.org https://app.element.io/#/user/@{}:matrix.org
https://join.skype.com/{} https://chats.viber.com/{} https://zoom.us/my/{} https://{}.slack.com
https://clubhouse.com/@{} https://bere.al/{} https://lemon8-app.com/{}
https://lemon8-app.com/@{}?region=fi https://ask.fm/{} https://curiouscat.live/{}
https://ngl.link/{} https://tellonym.me/{} https://9gag.com/u/{} https://gab.com/{}
https://parler.com/profile/{} https://truthsocial.com/@{} https://gettr.com/user/{}
https://minds.com/{} https://mewe.com/i/{} https://xing.com/profile/{} https://myspace.com/{}
https://steamcommunity.com/id/{} https://steamcommunity.com/profiles/{}
https://steamcommunity.com/groups/{} https://roblox.com/user.aspx?username={}
https://roblox.com/users/profile?username={} https://namemc.com/profile/{}
https://api.mojang.example/users/profiles/minecraft/{} https://chess.com/member/{}
https://lichess.org/@/{} https://osu.ppy.sh/users/{} https://speedrun.com/user/{}
https://speedrun.com/users/{} https://fortnitetracker.example/profile/all/{}
https://tracker.example/r6/profile/pc/{} https://psnprofiles.com/{}
https://xboxgamertag.com/search/{} https://strava.com/athletes/{}
https://sports-tracker.com/view_profile/{} https://mapmyrun.com/profile/{}/
https://polarsteps.com/{} https://geocaching.com/p/default.aspx?u={}
https://geocaching.com/profile/?u={} https://duolingo.com/profile/{}
https://duolingo.com/users?username={}&fields=all https://memrise.com/user/{}/
https://quizlet.com/{} https://quizlet.com/user/{} https://kahoot.it/profiles/{}
https://change.org/u/{} https://eventbrite.com/o/{} https://meetup.com/{}
https://meetup.com/members/{} https://calendly.com/{} https://doodle.com/mm/{}/x
https://news.ycombinator.com/user?id={} https://lobste.rs/~{} https://slashdot.org/~{}
https://metafilter.com/user/{} https://producthunt.com/@{} https://crunchbase.com/person/{}
https://angel.co/u/{} https://researchgate.net/profile/{} https://{}.academia.edu
https://independent.academia.edu/{} https://orcid.org/{}
https://scholar.google.com/citations?user={}&hl=fi https://publons.com/researcher/{}
https://mendeley.com/profiles/{} https://suomi24.fi/profiili/{} https://keskustelu.suomi24.fi/p/{}
https://irc-galleria.net/user/{} https://vauva.fi/profiili/{}
https://hommaforum.org/index.php?action=profile;user={} https://ylilauta.org/{}/
https://tori.fi/li?l={} https://huuto.net/kayttaja/{} https://muropaketti.com/jasenet/{}
https://foorumi.example/memberlist.php?mode=viewprofile&un={}
https://foorumi.example/memberlist.php?username={} https://forum.example/member.php?username={}
https://forum.example/member.php?u={} https://forum.example/members/?username={}
https://forum.example/members/{}.1/ https://forum.example/u/{}/summary
https://forum.example/users/{}/activity https://forum.example/user-{}.html
https://forum.example/profile.php?mode=viewprofile&u={} https://forum.example/profile.php?id={}
https://forum.example/profile.php?user={}&tab=posts https://forum.example/index.php?members/{}/
https://forum.example/index.php?/profile/{}/ https://forum.example/index.php?action=profile&u={}
https://forum.example/index.php?title=User:{} https://forum.example/index.php/user/{}
https://forum.example/?author={} https://forum.example/?u={} https://forum.example/?user={}
https://forum.example/?{} https://forum.example/~{} https://forum.example/~{}/
https://forum.example/@{} https://forum.example/@{}/ https://forum.example/@{}/posts
https://forum.example/users/{} https://forum.example/users/{}/ https://forum.example/users/{}.json
https://forum.example/users/show?name={} https://forum.example/users/profile?name={}
https://forum.example/users/list?u={} https://forum.example/@a?u={}
https://forum.example/user/{}/profile https://forum.example/user;name={}
https://forum.example/user;id={}/x https://forum.example/en/users/{}?tab=about
https://forum.example/fi/users/{} https://forum.example/fi/@{} https://forum.example/web/@{}
https://forum.example/profile/{}?ref=x https://forum.example/profile/view/{}/#info
https://forum.example/profile/#{}/ https://forum.example/#!/~{} https://forum.example/#!/{}
https://forum.example/#/user/{} https://forum.example/#/{} https://forum.example/#user/{}
https://forum.example/#user={} https://forum.example/#@{} https://forum.example/#~{}
https://forum.example/app#/profile/{} https://forum.example/app/?x=1#/profile/{}
https://forum.example/search?q=author:{}
https://forum.example/search.php?keywords=&terms=all&author={}&sc=1
https://forum.example/search?query=%40{} https://forum.example/search/?s={}
https://forum.example/blog/author/{}/ https://forum.example/author/{}/page/1
https://forum.example/people/{}?lang=fi https://forum.example/p/{} https://forum.example/c/{}/
https://forum.example/channel/{} https://forum.example/a/{}/video-channels
https://forum.example/accounts/{} https://forum.example/u/{}
https://forum.example/u/{}?utm_source=share https://forum.example/id/{} https://forum.example/i/{}
https://forum.example/s/{} https://forum.example/{} https://forum.example/{}/
https://forum.example/{}/about https://forum.example/{}.html https://forum.example/{}.php
https://forum.example/index/{} https://forum.example/index.php?{}
https://forum.example/default.aspx?u={} https://forum.example/Default.aspx?uid={}&lang=en
https://forum.example/a//{} https://forum.example/+{} https://forum.example/-{}
https://forum.example/!{} https://forum.example/${} https://forum.example/={}
https://forum.example/*{} https://forum.example/profile/(user)/{} https://forum.example/user:{}
https://forum.example/user,{} https://forum.example/user_{} https://forum.example/user-{}
https://forum.example/api/v1/users?filter[name]={} https://forum.example/api/users/{}/exists
https://forum.example/graphql?query={{user(name:{})}} https://forum.example:8080/u/{}
http://forum.example:81/{} https://{}.forum.example https://{}.forum.example/about
https://www.{}.example https://{}.forum.example:8443/ https://user.{}.forum.example/
https://forum.example/a/b/c/d/e/f/g/{} https://forum.example/https://x.example/{}
https://forum.example/?next=/u/{} https://forum.example/login?next=/u/{}
https://forum.example/redirect?to=https://x.com/{}
https://forum.example/share?url=https://facebook.com/{} https://cutt.ly/{} https://rebrand.ly/{}
https://is.gd/{} https://tinyurl.com/{} https://bit.ly/{} https://t1p.de/{} https://urly.fi/{}
https://x.short.gy/{} https://savonkoski.page.link/{} https://unknown-short.example/{}
https://lyhyt.example/?{} https://t.co/{} https://forms.gle/{} https://nitter.example/{}
https://invidious.example/channel/{} https://developers.facebook.com/community/{}
https://help.instagram.com/{} https://pixelfed.social/{} https://peertube.example/a/{}
https://peertube.example/c/{}/videos https://lemmy.example/u/{} https://lemmy.example/c/{}
https://misskey.example/@{} https://misskey.example/@{}@other.example
https://friendica.example/profile/{} https://mastodon.example/@{}/with_replies
https://mastodon.social/@{} https://mastodon.social/@{}@other.example
https://mastodon.social/tags/{} https://mastodon.social/users/{}/statuses/1
""")

# Services with a rule: profiles, and pages about somebody that are none.
SERVICES = each("""
https://facebook.com/{} https://facebook.com/{}/about https://facebook.com/{}/videos/1
https://facebook.com/pg/{}/posts https://m.me/{} https://facebook.com/groups/{}
https://facebook.com/groups/{}/about https://facebook.com/search/top?q={}
https://facebook.com/hashtag/{} https://facebook.com/login.php?next=https://facebook.com/{}
https://facebook.com/sharer.php?u=https://a.example/{} https://facebook.com/watch/{}
https://facebook.com/events/{} https://facebook.com/public/{} https://facebook.com/share/{}
https://facebook.com/#!/{} https://messenger.com/t/{} https://instagram.com/{}
https://instagram.com/{}/tagged https://instagram.com/stories/{}/1
https://instagram.com/explore/tags/{}/ https://instagram.com/accounts/login/?next=/{}/
https://instagram.com/p/{}/ https://instagram.com/s/{} https://threads.net/@{}
https://threads.com/@{}/post/1 https://threads.com/search?q={} https://x.com/{}
https://x.com/{}/status/1 https://twitter.com/{}/with_replies https://x.com/search?q=from:{}
https://x.com/hashtag/{} https://x.com/intent/user?screen_name={}
https://x.com/i/flow/login?redirect_after_login=%2F{} https://twitter.com/#!/{}
https://x.com/i/communities/{} https://youtube.com/@{} https://youtube.com/@{}/about
https://youtube.com/c/{} https://youtube.com/user/{}/videos
https://youtube.com/results?search_query={} https://youtube.com/watch?v={} https://youtube.com/{}
https://youtu.be/{} https://youtube.com/hashtag/{} https://tiktok.com/@{}
https://tiktok.com/@{}/video/1 https://tiktok.com/tag/{} https://tiktok.com/search?q={}
https://vm.tiktok.com/{}/ https://linkedin.com/in/{} https://linkedin.com/company/{}/about
https://linkedin.com/school/{}/ https://linkedin.com/feed/update/{}
https://linkedin.com/authwall?sessionRedirect=https://linkedin.com/in/{}
https://linkedin.com/search/results/all/?keywords={} https://lnkd.in/{}
https://snapchat.com/add/{} https://snapchat.com/@{}/spotlight/x https://story.snapchat.com/@{}
https://t.me/{} https://t.me/s/{} https://{}.t.me https://t.me/{}/5 https://t.me/joinchat/{}
https://t.me/+{} https://t.me/addstickers/{} https://t.me/contact/{} https://t.me/share/url?url={}
https://bsky.app/profile/{}.bsky.social https://bsky.app/profile/{}.example/post/x
https://{}.bsky.social https://bsky.app/search?q={} https://reddit.com/user/{}
https://reddit.com/u/{}/comments https://old.reddit.com/user/{}/about.json https://reddit.com/r/{}
https://reddit.com/search?q={} https://discord.gg/{} https://discord.com/invite/{}
https://discord.com/channels/{} https://flickr.com/people/{} https://flickr.com/photos/{}/albums
https://flickr.com/search/?text={} https://pinterest.com/{}/ https://fi.pinterest.com/{}/lauta
https://pinterest.com/search/pins/?q={} https://pin.it/{} https://whatsapp.com/channel/{}
https://chat.whatsapp.com/{} https://wa.me/message/{}
""")
