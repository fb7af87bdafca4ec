"""What serves pages: addresses, bytes kept, headers, hosts, errors, logs, languages. Knows Flask; knows no
room."""
