"""Addresses: which ones are web addresses, which ones are the same, which site they belong to. Pure; never raises."""

import re
import unicodedata
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urljoin, urlsplit

import ural
from ural.utils import decode_punycode_hostname

MAX_URL_CHARS = 4096

# What campaigns, mailings and social sites add. Names that some site may use to tell articles apart (sid, cid, ref,
# source, s, m, id) are not here: a double can be merged later by its canonical link, two merged articles cannot part.
_TRACKING_RE = re.compile(
    r"(?:utm|at|mtm|pk|piwik|matomo|lmd|vero|oly|hsa|guce|mkt|mc|itm|fb_action|amp)_\w+"
    r"|xt(?:or|ref|cr|np|loc|s)|(?:fb|g|d|tw|y|msclk|igsh|wick|gc)(?:clid|id)"
    r"|gbraid|wbraid|msclkid|igshid|igsh|mibextid|_ga|_gl|_hs\w+|mkt_tok|s_kwcid|ef_id|echobox|guccounter"
    r"|__twitter_impression|wpamp|usqp|(?:php|asp|j)sessionid|phpsessid|cn-reloaded|cmpid|amp",
    re.IGNORECASE | re.ASCII,
)
_AMP_PAIRS = frozenset({("outputtype", "amp"), ("output", "amp"), ("mode", "amp")})
_UNSAFE_RE = re.compile(r"[\s\\<>\"]")
_LINE_RE = re.compile(r"[\t\r\n]+")
_QUOTABLE_RE = re.compile(r"[ <>\"]")
_SCHEME_RE = re.compile(r"https?:", re.IGNORECASE)
_IP_RE = re.compile(r"[0-9.]+$|.*:")
# An AMP cache carries the whole address of the page in its own: https://x.cdn.ampproject.org/c/s/site.example/page.
_AMP_CACHE_RE = re.compile(
    r"(?P<scheme>https?:)?//(?:(?:[\w-]+\.)?cdn\.ampproject\.org/[cv]/|(?:www\.)?google\.[a-z.]{2,6}/amp/)"
    r"(?:s/)?(?P<page>[^/?#]+\.[^/?#]+/.*)",
    re.IGNORECASE | re.ASCII,
)
# Empty parameters (a last ";") go too: the standard library drops them wherever it joins two addresses.
_SESSION_RE = re.compile(r";jsessionid=[^/?#]*|;+$", re.IGNORECASE)
_AMPS_RE = re.compile(r"(?:/amp|/?\.amp)+(?=/*$)")  # several in a row go at once, as one goes


def is_web_address(url: str) -> bool:
    """Whether this is an absolute http(s) address with a host, fit to be fetched and to be shown."""
    return len(url) <= MAX_URL_CHARS and _split(url) is not None


def normalize_url(url: str) -> str:
    """The identity key of an address: `//host/path?query`; the same key means the same article.

    http and https, default ports, fragments, tracking parameters, AMP forms, the order of parameters and a final
    slash do not tell articles apart; an AMP cache's address is the one it carries. Hosts are never merged (`www.`
    stays), the case of a path is kept. A key is its own key. What is no web address is given back without the white space around it.
    """
    text = url.strip()
    page = unwrap_amp_cache(text)
    parts = _split("https:" + page if page.startswith("//") else page)
    if parts is None:
        return text
    key = _key(parts)
    for _ in range(4):
        again = _split("https:" + unwrap_amp_cache(key))
        following = _key(again) if again else key
        if following == key:
            return key
        key = following
    return text.partition("#")[0]


def unwrap_amp_cache(url: str) -> str:
    """The page that an AMP cache's address carries, with the scheme it was given with; any other address as it is."""
    match = _AMP_CACHE_RE.fullmatch(url)
    return f"{match['scheme'] or ''}//{match['page']}" if match else url


def same_site(a: str, b: str) -> bool:
    """Whether two addresses share a registrable domain; IP addresses and bare names are compared with their port."""
    left, right = _site(a), _site(b)
    return left is not None and left == right


def accept_canonical(page_url: str, canonical: str) -> str | None:
    """The canonical address that a page states, made absolute; None where it cannot be this article's.

    Another site's, a home page's, one that is not http(s) or cannot be read: none of them is believed.
    """
    page_url = unwrap_amp_cache(page_url)
    target = (resolve_link(page_url, canonical) or "").partition("#")[0]
    return target if same_site(page_url, target) and not is_homepage(target) else None


def is_homepage(url: str) -> bool:
    """Whether an address is a site's front page: no path and nothing asked, or an index file at the top."""
    parts = _split(url)
    if parts is None or parts.query:
        return False
    return bool(ural.is_homepage(parts._replace(path=_SESSION_RE.sub("", parts.path)).geturl()))


def hide_credentials(url: str) -> str:
    """An address as it may stand in a message: without user and password."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def resolve_link(base_url: str, link: str) -> str | None:
    """A link as written on a page or in a feed, as a web address; None where it is none.

    Line ends and tabs go, spaces and quotation marks are percent-encoded, as browsers do.
    """
    try:
        target = urljoin(base_url, _LINE_RE.sub("", link.strip()))
    except ValueError:
        return None
    target = _QUOTABLE_RE.sub(lambda match: quote(match[0]), target)
    return target if is_web_address(target) else None


def _split(url: str) -> SplitResult | None:
    """The parts of a web address, or None for all else."""
    if not _SCHEME_RE.match(url) or _UNSAFE_RE.search(url) or _has_invisible(url):
        return None
    try:
        parts = urlsplit(url)
        usable = bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        return None
    return parts if usable else None


def _has_invisible(url: str) -> bool:
    return (
        not url.isascii() and any(unicodedata.category(c)[0] in "CZ" for c in url)
    ) or not url.isprintable()


def _key(parts: SplitResult) -> str:
    query = _clean_query(parts.query)
    return f"//{_authority(parts)}{_clean_path(parts.path)}" + (f"?{query}" if query else "")


def _authority(parts: SplitResult) -> str:
    host = decode_punycode_hostname((parts.hostname or "").rstrip("."))
    host = f"[{host}]" if ":" in host else host
    return host if parts.port in (None, 80, 443) else f"{host}:{parts.port}"


def _clean_path(path: str) -> str:
    """Dots resolved, double and final slashes gone, AMP suffixes gone, one way of quoting. The case stays."""
    # Under a host of our own, so that what ural does to hosts (amp-x.fr becomes x.fr) cannot merge two of them.
    cleaned = ural.normalize_url(
        "https://h" + _AMPS_RE.sub("/amp", _SESSION_RE.sub("", path)),
        strip_irrelevant_subdomains=False,
        strip_index=False,
        infer_redirection=False,
        quoted=True,
    )
    return str(cleaned).removeprefix("h")


def _clean_query(query: str) -> str:
    # Bytes stay bytes: read as Latin-1 and written as Latin-1, so that two odd spellings never fall together.
    ascii_query = quote(query, safe="%&=+;/?:@!$'()*,-._~[]|^`{}")
    pairs = [
        (name.removeprefix("amp;"), value)
        for name, value in parse_qsl(ascii_query, keep_blank_values=True, encoding="latin-1")
    ]
    kept = sorted(pair for pair in pairs if not _is_tracking(*pair))
    return urlencode(kept, quote_via=quote, safe="/:,@", encoding="latin-1")


def _is_tracking(name: str, value: str) -> bool:
    return _TRACKING_RE.fullmatch(name) is not None or (name.lower(), value.lower()) in _AMP_PAIRS


def _site(url: str) -> str | None:
    text = url.strip()
    parts = _split("https:" + text if text.startswith("//") else text)
    if parts is None:
        return None
    host = decode_punycode_hostname((parts.hostname or "").rstrip("."))
    if _IP_RE.match(host) or "." not in host:
        return _authority(parts)
    # A top-level domain that the public suffix list does not know counts as one label, as the list says.
    return ural.get_domain_name(f"https://{host}/") or ".".join(host.split(".")[-2:])
