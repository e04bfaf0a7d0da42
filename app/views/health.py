"""Liveness and readiness for whatever watches the server; no internals."""

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from app import editions, readiness
from app.guard import public

bp = Blueprint("health", __name__)


@bp.get("/halsa")
@public
def alive() -> ResponseReturnValue:
    return {"status": "ok"}


@bp.get("/halsa/redo")
@public
def ready() -> ResponseReturnValue:
    is_ready = current_app.extensions["ready"] and readiness.database_answers()
    if is_ready and editions.are_readable():
        return {"status": "ok"}
    return {"status": "not ready"}, 503
