"""The tables as the first revision made them, in an order in which every reference finds its table.

Written by Alembic and frozen: a later change of the models is a later revision. `TABLES` names them in that order.
"""

from storage.migrations.record import part_1, part_2, part_3, part_4

MAKE = (*part_1.MAKE, *part_2.MAKE, *part_3.MAKE, *part_4.MAKE)
TABLES = tuple(make.__name__.removeprefix("make_") for make in MAKE)
