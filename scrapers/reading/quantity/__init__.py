"""The rooms behind `scrapers.reading.quantities`.

record     what a quantity is
hedges     近 约 超 以上 左右: the words beside it that say how exact it is
shares     六成, 三分之二, 过半, 翻一番, 两位数: figures in words
ranges     3至5件, 10%-15%
damage     footnote marks, pinyin and breaks between a numeral and its unit
sums       三年半, 两个半小时, 五元三毛: amounts that go on behind their unit
bounds     大于10小于20, 至少3个, 20到30之间: open and closed bounds
blanks     a text without the blanks beside Chinese characters
anywhere   every number of any Chinese text, not only what a report states
"""
