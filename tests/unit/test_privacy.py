"""The privacy page speaks of every table that holds something about people, and of no other."""

from app.privacy import SECTIONS
from courses.models import Base
from courses.models.base import NOT_PERSONAL


def test_the_page_says_what_the_tables_declare():
    declared = {
        mapper.local_table.name: mapper.class_.__personal__.retention
        for mapper in Base.registry.mappers
        if mapper.class_.__personal__ is not NOT_PERSONAL
    }
    told = {table: kept for section in SECTIONS for table, kept in section.tables.items()}
    assert told == declared
