from courses.catalog import moved


def test_ids_and_what_refers_to_them_get_the_name():
    html = '<h2 id="a">x</h2><a href="#a">y</a><p aria-labelledby="a b" class="id">id="a"</p>'
    assert moved(html, name="L1") == (
        '<h2 id="L1-a">x</h2><a href="#L1-a">y</a>'
        '<p aria-labelledby="L1-a L1-b" class="id">id="a"</p>'
    )


def test_headings_move_down_and_stop_at_six():
    assert moved("<h2>a</h2><h5 id='x'>b</h5><hr>", name="L", down=2) == (
        "<h4>a</h4><h6 id='x'>b</h6><hr>"
    )


def test_a_link_of_the_site_gets_its_address_on_the_page():
    html = '<a href="/modul/a">a</a> <a class="c" href="/modul/b">b <em>c</em></a>'
    links = {"/modul/a": "#M1"}
    assert moved(html, name="L", links=links) == (
        '<a href="#M1">a</a> <a class="c" href="/modul/b">b <em>c</em></a>'
    )
    assert moved(html, name="L", links=links, cut_others=True) == (
        '<a href="#M1">a</a> b <em>c</em>'
    )


def test_addresses_elsewhere_are_left():
    html = '<a href="https://example.org/#a">a</a>'
    assert moved(html, name="L", cut_others=True) == html
