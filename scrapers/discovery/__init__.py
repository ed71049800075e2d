"""What is a new report: from the links of list pages, feeds and site maps to the ones worth fetching.

addresses   one address in its many spellings            -> canonical key, date in the address
titles      a link's words                               -> may it be a report
windows     how far back to look                         -> is a date inside
feeds       RSS, Atom, site map                          -> links
places      where links are looked for                   -> list pages, feeds and site maps in one shape
walk        lists and feeds, page after page             -> new links, and a named result (broken is not "nothing new")
revisits    when a known article is asked for again
probe       a first look at a source: what its card must say

Nothing here but the probe knows the network, nothing a database: pages come in through a function, what is known as
sets of keys.
"""
