from courses.models import Base, PersonalData


def test_every_table_declares_its_personal_data():
    for mapper in Base.registry.mappers:
        declared = mapper.class_.__dict__.get("__personal__")
        assert isinstance(declared, PersonalData), mapper.class_.__name__


def test_no_declaration_is_empty():
    for mapper in Base.registry.mappers:
        declared = mapper.class_.__personal__
        for field in ("purpose", "basis", "retention", "readers", "export", "erasure"):
            assert getattr(declared, field), (mapper.class_.__name__, field)
