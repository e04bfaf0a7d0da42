"""Asking for more time and asking the trainer, from the participant's page and back to it."""

from datetime import timedelta

from playwright.sync_api import expect

from app import clock

QUESTION = "Räcker det med två exempel?"
ANSWER = "Ja, välj de två som du lärt dig mest av."


def test_more_time_with_one_click_and_a_question_with_its_answer(visitor):
    nora = visitor.page("participant")
    nora.goto("/uppgift/ett-samtal-pa-min-arbetsplats")
    nora.get_by_role("link", name="Be om mer tid").click()
    day = clock.today() + timedelta(days=40)
    while day.weekday() > 4:
        day += timedelta(days=1)
    nora.get_by_label("Till vilket datum?").fill(day.isoformat())
    nora.get_by_label("Varför behöver ni mer tid?").fill("Det är mycket på jobbet.")
    nora.get_by_role("button", name="Skicka frågan").click()
    expect(nora.locator("main")).to_contain_text("Ber om mer tid, till")
    nora.get_by_label("Ditt meddelande").fill(QUESTION)
    nora.get_by_role("button", name="Skicka till utbildarna").click()
    expect(nora.locator("main")).to_contain_text(QUESTION)

    trainer = visitor.page("trainer")
    trainer.goto("/granska/fragor")
    row = trainer.locator("tr", has_text="Karin Påhitt")
    row.get_by_role("button", name="Ja, till det datumet").click()
    expect(trainer.locator("main")).to_contain_text("Ja, till")
    trainer.get_by_label("Ditt meddelande").fill(ANSWER)
    trainer.get_by_role("button", name="Skicka meddelandet").click()
    expect(trainer.locator("main")).to_contain_text(ANSWER)

    nora.goto("/uppgift/ett-samtal-pa-min-arbetsplats")
    expect(nora.locator("main")).to_contain_text("Förlängd till")
    expect(nora.locator("main")).to_contain_text("Nytt svar")
    nora.get_by_role("link", name="Fråga utbildaren").click()
    expect(nora.locator("main")).to_contain_text(ANSWER)
    nora.get_by_role("button", name="Markera som läst").click()
    expect(nora.get_by_role("button", name="Markera som läst")).to_have_count(0)
