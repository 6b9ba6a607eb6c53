"""A mail server that does at each word of SMTP what it is told to."""

import socket
import threading
import time
from email import message_from_bytes, policy

USUAL = {
    "banner": "220 here",
    "EHLO": "250 here",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    "text": "250 taken",
    "RSET": "250 ok",
    "QUIT": "221 bye",
}
CUT, HANG = "cut", "hang"  # instead of an answer: close the line, or say nothing


class MailServer(threading.Thread):
    """`answers` says what to answer to a word otherwise than usual; the answer to the word `drips`
    comes byte by byte. `letters` are the Message-IDs that were taken whole."""

    def __init__(self, drips: str = "", **answers: str) -> None:
        super().__init__(daemon=True)
        self.answers, self.drips = {**USUAL, **answers}, drips
        self.letters: list[str] = []
        self.heard: list[str] = []
        self.lines: list[str] = []  # all of it, heads and texts too
        self.go = threading.Event()  # ends a silence
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.url = f"smtp://127.0.0.1:{self.port}"

    def run(self) -> None:
        while True:
            try:
                line, _address = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def stop(self) -> None:
        """Take no more lines."""
        self.go.set()
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()

    def _talk(self, line: socket.socket) -> None:
        with line, line.makefile("rb") as heard:
            try:
                going = self._answers(line, "banner")
                while going and (said := heard.readline()):
                    self.lines.append(said.decode("latin-1").strip())
                    word = said[:4].decode("latin-1").strip().upper()
                    self.heard.append(word)
                    going = self._answers(line, word)
                    if word == "DATA" and going and self.answers[word].startswith("354"):
                        going = self._takes(line, heard)
            except OSError:
                pass

    def _takes(self, line: socket.socket, heard) -> bool:
        text = b""
        while (row := heard.readline()) not in (b".\r\n", b""):
            text += row
            self.lines.append(row.decode("latin-1").strip())
        if self.answers["text"][0] not in "45":
            self.letters.append(message_from_bytes(text, policy=policy.default)["Message-ID"])
        return self._answers(line, "text")

    def _answers(self, line: socket.socket, word: str) -> bool:
        answer = self.answers.get(word, "502 what?")
        if answer == HANG:
            self.go.wait(60)
            answer = USUAL[word]
        if answer == CUT:
            line.shutdown(socket.SHUT_RDWR)
            return False
        sent = f"{answer}\r\n".encode()
        pieces = [sent]
        if word == self.drips:
            pieces = [sent[place : place + 1] for place in range(len(sent))]
        for piece in pieces:
            line.sendall(piece)
            time.sleep(0.1 if len(pieces) > 1 else 0)
        return True
