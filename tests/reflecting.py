"""Reflections for tests, encrypted with the keys of the app under test."""

from app import clock
from app.pages.reflecting import Sealing, new_name
from courses.rules.reflections import Words
from courses.services.reflections import save_reflection


def make_reflection(app, session, user, text="En tanke för mig själv.", **fields):
    """Keep a reflection of `user`; the caller commits."""
    with app.app_context():
        return save_reflection(
            session, reflection_id=fields.pop("reflection_id", new_name()), user_id=user.id,
            module_id=fields.pop("module_id", "M1"),
            words=Words(text=text, prompt=fields.pop("prompt", "")), version=0,
            cipher=Sealing(), now=fields.pop("now", clock.now()),
        )
