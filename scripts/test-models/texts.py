"""Training texts of the tokenizers, and the pairs of the reference scores."""

from __future__ import annotations

# Article 1 of the Universal Declaration of Human Rights, and sentences about films.
TRAINING = """\
All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience and should act towards one another in a spirit of brotherhood.
Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und sollen einander im Geiste der Brüderlichkeit begegnen.
Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison et de conscience et doivent agir les uns envers les autres dans un esprit de fraternité.
Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón y conciencia, deben comportarse fraternalmente los unos con los otros.
Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и совестью и должны поступать в отношении друг друга в духе братства.
Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα.
يولد جميع الناس أحرارا متساوين في الكرامة والحقوق.
כל בני האדם נולדו בני חורין ושווים בערכם ובזכויותיהם.
सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।
มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ
人人生而自由,在尊严和权利上一律平等。
すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。
모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.
A captain is sent up the river in the Vietnam War. A soldier comes home from the war and finds that nothing is as it was.
The crew of a space ship wakes up far from home. A detective looks for a missing girl in the city. Two brothers rob a bank.
A film about love, war, death and rockets 🚀, with 👍 from 12 of 34 critics in 1979, 1984 and 2001!
""".splitlines()

LONG = "The captain goes up the river and the war goes on. Война и мир — 戦争と平和 🚀 guerre et paix. "

PAIRS = [
    ("vietnam war", "Apocalypse Now\n\nA captain is sent up the river in the Vietnam War."),
    ("vietnam war", "Love Story\n\nTwo students fall in love."),
    ("space ship", "Alien\n\nThe crew of a space ship wakes up far from home."),
    ("A", "B"),
    ("vietnam war", ""),
    ("", "A captain is sent up the river."),
    ("", ""),
    ("   ", "\t\n \u00a0 \u3000"),
    ("rocket 🚀", "🚀🚀🚀 👍🏽 👩‍👩‍👧‍👦 🏳️‍🌈 to the moon 🌕"),
    ("שלום", "\u202eכל בני האדם נולדו בני חורין\u202c (שלום!)"),
    ("الحقوق", "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق \ufdfa"),
    ("戦争", "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。"),
    ("自由", "人人生而自由,在尊严和权利上一律平等。𠀀𪛟"),
    ("ｆｕｌｌ ｗｉｄｔｈ ①", "ﬁne ﬂags, e\u0301\u0302 and Ⅻ ½ ™"),
    ("a\u0000b", "\u0001\u0007\u001b[0m\u200b\ufeff zero\u200dwidth\u00adsoft \ufffd"),
    ("<s> </s> [CLS]", "[SEP] <pad> <mask> [MASK] <script>alert(1)</script>"),
    ("12 of 34", "1979, 1984... 2001!!! -- 3.14159 % ^ & * ( ) _ + = ~ `"),
    ("vietnam war", LONG * 40),
    ("戦争", "人" * 2_000),
    ("river", "x" * 1_500 + " y"),
    (LONG * 3, "A captain is sent up the river."),
    (LONG * 3, LONG * 20),
]
