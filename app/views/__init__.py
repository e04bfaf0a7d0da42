"""One blueprint a module; the URLs are Swedish words, the endpoints English."""

from flask import Flask

from app.views import (
    account,
    account_email,
    admin,
    assignments,
    auth,
    certificates,
    cohort_people,
    cohort_places,
    cohorts,
    coordination,
    editing,
    editing_files,
    editing_folders,
    editing_preview,
    editing_publish,
    editing_values,
    handins,
    health,
    home,
    invitations,
    lesson_changes,
    lesson_places,
    links,
    messages,
    modules,
    my_data,
    notices,
    offline,
    printing,
    public,
    reflections,
    requirements,
    review_queue,
    review_sending,
    reviews,
    searching,
    second_step,
    security,
    security_factors,
    self_marked,
    verify,
)

MODULES = (
    account,
    admin,
    assignments,
    auth,
    certificates,
    cohort_people,
    cohorts,
    coordination,
    editing,
    health,
    home,
    invitations,
    links,
    messages,
    modules,
    my_data,
    notices,
    offline,
    printing,
    public,
    reflections,
    requirements,
    reviews,
    searching,
    second_step,
    security,
    verify,
)
MORE_ROUTES = (
    account_email, cohort_places, editing_files, editing_folders, editing_preview, editing_publish,
    editing_values, handins, lesson_changes, lesson_places, review_queue, review_sending,
    security_factors,
    self_marked,
)
"""Modules that add to another module's blueprint: importing them is enough."""


def register(app: Flask) -> None:
    for module in MODULES:
        app.register_blueprint(module.bp)
