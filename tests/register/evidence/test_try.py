import time, io, pytest
from register.documents.lifecycle import State
from tests.register.evidence.conftest import sealed
from register.documents import files
from register.evidence.uploads import answer_about

pytestmark = pytest.mark.django_db

def test_it(entry, django_assert_max_num_queries):
    doc = entry()
    t=time.perf_counter()
    s = sealed(doc.versions.get())
    print("sealed in", time.perf_counter()-t, s.name, s.file.size, s.certificate)
    pdf = files.read(s.file)
    open("/tmp/sealed.pdf","wb").write(pdf)
    t=time.perf_counter()
    print(answer_about([pdf]).as_answer(), time.perf_counter()-t)
    for at in (3, 100, len(pdf)//3, len(pdf)//2, len(pdf)-8, pdf.index(b"/ByteRange")+3):
        b = bytearray(pdf); b[at]^=1
        print(at, answer_about([bytes(b)]).as_answer())
    print(answer_about([pdf+b"\n% more\n"]).as_answer())
    print(answer_about([b"", b""]).as_answer())
    print(answer_about([b"hello"]).as_answer())
