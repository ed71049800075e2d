"""The polite client: one request in, one outcome out; no exception of the network leaves it.

client      fetch(Request) -> Outcome: robots.txt, turns, redirects, retries
request     what is asked for, within which limits         outcomes   what it came to, one record a row of the table
wire        one exchange; the only module that knows httpx  transport, streams   connections below it
guard       nothing private is reachable                   unpacking  size and compression, bounded
judging     from an answer to its outcome                  decoding   from bytes to text, strictly
blocked     told by content                                doubt      down for everybody, or only for us
pacing      turns per host and platform, by all processes  robots     once a day per origin
address     hosts as cards list them                       clock      the hour, handed in
"""
