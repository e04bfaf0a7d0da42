"""Security headers on every answer; nothing inline, nothing from elsewhere."""

from flask import Flask, Response, current_app, g, request

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; object-src 'none'"
)


def cache_as(policy: str) -> None:
    """Let this answer be kept as `policy` says: it is nobody's page, or asked about each time."""
    g.cache_control = policy


def _finish(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CSP)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    if current_app.config["STEGVIS"].is_https:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if policy := g.get("cache_control"):
        headers["Cache-Control"] = policy
    elif request.endpoint != "static":
        # set, not defaulted: `send_file` calls whatever it sends public for a year
        headers["Cache-Control"] = "private, no-store"
        response.vary.add("Cookie")
        response.vary.add("Accept-Language")
    return response


def init_app(app: Flask) -> None:
    app.after_request(_finish)
