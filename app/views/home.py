"""*Min utbildning*: a participant's first page."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app import clock, db
from app.guard import guarded
from app.jobs.notices import line_of
from app.pages.reading import HomeContext, load_home
from courses.permissions import Permission
from courses.queries.excusing import excused
from courses.queries.handovers import catching_up
from courses.queries.home import home_page

bp = Blueprint("home", __name__)


@bp.get("/hem")
@guarded(Permission.HOME_READ, load=load_home)
def show(context: HomeContext) -> ResponseReturnValue:
    first_name = current_user.identity.name.split()[0]
    reading = context.reading
    if reading is None or reading.enrollment is None:
        return render_template("home/nothing.html", first_name=first_name)
    today = clock.today()
    home = home_page(db.session(), reading, now=clock.now(), today=today)
    return render_template(
        "home/show.html",
        first_name=first_name,
        today=today,
        reading=reading,
        home=home,
        link=url_for,
        news=[
            (one.at, line_of(
                reading.course, one.kind, item_id=one.item_id, team_id=one.team_id,
                team=one.team, day=one.day, count=one.count,
            ))
            for one in home.news
        ],
        excused=excused(db.session(), enrollment_id=reading.enrollment.id),
        is_behind=catching_up(reading, home.modules).is_left,
        has_left_a_team=bool(current_user.identity.place.former_team_ids),
    )
