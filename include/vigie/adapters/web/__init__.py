"""The web: one polite client, whatever a host does.

client      a request and its whole answer, bounded; polite: robots.txt, gaps and rests, by the ledger
dialing     which addresses may be dialled; host_files: robots.txt and tdmrep.json
refusals    why a host is not asked; faults: what the transport's errors mean; room: memory for large bodies
"""
