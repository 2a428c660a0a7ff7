#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""terminal: drives the real program through a pseudo-terminal, as somebody who types, and compares whole screens.

    tests/terminal/run.py PROGRAM [--update] [FILE...]     from the top of the tree; by default every *.session beside this file

A session is steps, each a line "> STEP", and the screens that they lead to:

    > start examples/nenc       the program with these arguments; first `size ROWS COLUMNS`, `env NAME=VALUE`, `sh COMMAND` (in $HOME; $TOP, $PROGRAM)
    > wait TEXT                 until the screen shows it
    > type TEXT                 keys as Python writes a string: \\n \\t \\x03
    > enter TEXT                the same and the enter key; then the next prompt is waited for
    > interrupt                 Ctrl-C, and the next prompt
    > prompt                    until there is one
    > pause                     until the screen is still
    > paste TEXT                the same, as a terminal pastes it
    > paste-bytes N             a comment of N bytes, pasted
    > resize ROWS COLUMNS
    > shake                     half a second of resizes, while the program writes
    > signal NAME
    > coloured TEXT             lines that begin with it do so in colour; `plain`: they do not
    > screen                    what follows is what is on the screen, once it is still
    > end N                     the program ends by itself, with this exit code
"""
import fcntl
import glob
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

import pyte

PATIENCE = 60
STILL = 0.25


class Failure(Exception):
    pass


class Terminal:
    def __init__(self, program, home):
        self.program, self.home = program, home
        self.rows, self.columns = 24, 80
        self.environment = {"PATH": os.environ["PATH"], "HOME": home, "TERM": "xterm-256color", "LANG": "C.UTF-8",
                            "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "")}
        self.child = self.file = None

    def start(self, arguments):
        self.screen = pyte.Screen(self.columns, self.rows)
        self.stream = pyte.ByteStream(self.screen)
        command = [self.program] + [each.replace("$HOME", self.home) for each in arguments.split()]
        self.child, self.file = pty.fork()
        if self.child == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.columns, 0, 0))
            os.execve(self.program, command, self.environment)
        self.resize(self.rows, self.columns)

    def resize(self, rows, columns):
        self.rows, self.columns = rows, columns
        if self.file is not None:
            fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            self.screen.resize(rows, columns)

    def shake(self):
        end, columns = time.monotonic() + 0.5, self.columns
        while time.monotonic() < end:
            self.resize(self.rows, self.columns ^ 1)
            self.read(0)
        self.resize(self.rows, columns)

    def read(self, seconds):
        """Takes what the program writes; False once it has closed the terminal, None when it is still."""
        ready, _, _ = select.select([self.file], [], [], seconds)
        if not ready:
            return None
        try:
            data = os.read(self.file, 65536)
        except OSError:
            data = b""
        self.stream.feed(data)
        return bool(data)

    def write(self, data):
        while data:
            _, ready, _ = select.select([], [self.file], [], 0.02)
            if ready:
                data = data[os.write(self.file, data[:1024]):]
            if data:
                self.read(0)

    def lines(self):
        lines = [line.rstrip() for line in self.screen.display]
        while lines and not lines[-1]:
            lines.pop()
        return [line.replace(self.home, "$HOME") for line in lines]

    def wait(self, text):
        end = time.monotonic() + PATIENCE
        text = text.rstrip()
        while not any(text in line for line in self.lines()):
            if self.read(0.1) is False or time.monotonic() > end:
                raise Failure("never came: " + text)

    def wait_for_prompt(self, heard=False):
        end = time.monotonic() + PATIENCE
        while True:
            came = self.read(0.1)
            if came is False or time.monotonic() > end:
                raise Failure("no prompt")
            heard = heard or came
            row = min(self.screen.cursor.y, self.rows - 1)
            if heard and self.screen.display[row].strip() in ("remit>", "...>"):
                return

    def settle(self):
        while self.read(STILL):
            pass

    def end(self, code):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.read(0.02) is False:
                break
        while time.monotonic() < end:
            done, status = os.waitpid(self.child, os.WNOHANG)
            if done:
                self.child = None
                if os.waitstatus_to_exitcode(status) != code:
                    raise Failure("ended with %d, not %d" % (os.waitstatus_to_exitcode(status), code))
                return
            time.sleep(0.01)
        raise Failure("does not end")

    def close(self):
        if self.child:
            os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)
        if self.file is not None:
            os.close(self.file)
        self.child = self.file = None


def keys(text, home=""):
    return text.replace("$HOME", home).encode("latin-1", "backslashreplace").decode("unicode_escape").encode("utf-8")


# Figures that differ from machine to machine and from change to change.
def steady(line):
    line = re.sub(r"\bmodel [0-9a-f]{6}\b", "model HASH", line)
    line = re.sub(r"\b(manifest|SHA-256) [0-9a-f]{12}\b", r"\1 HASH", line)
    line = re.sub(r"\b\d+\.\d{3} s$", "TIME s", line)
    return re.sub(r"remit \d+\.\d+\.\d+", "remit VERSION", line)


def step(terminal, name, rest):
    if name == "start":
        terminal.close()
        terminal.start(rest)
    elif name == "env":
        key, value = rest.split("=", 1)
        terminal.environment[key] = value.replace("$HOME", terminal.home)
    elif name in ("size", "resize"):
        terminal.resize(*map(int, rest.split()))
    elif name == "sh":
        subprocess.run(["sh", "-ec", rest], cwd=terminal.home, env={**terminal.environment, "TOP": os.getcwd(), "PROGRAM": os.path.abspath(terminal.program)}, check=True)
    elif name == "wait":
        terminal.wait(rest)
    elif name == "shake":
        terminal.shake()
    elif name == "type":
        terminal.write(keys(rest, terminal.home))
    elif name == "enter":
        terminal.write(keys(rest, terminal.home) + b"\n")
        terminal.wait_for_prompt()
    elif name == "pause":
        terminal.settle()
    elif name == "prompt":
        terminal.wait_for_prompt(heard=True)
    elif name == "interrupt":
        terminal.settle()  # Ctrl-C drops what was typed and not read yet
        terminal.write(b"\x03")
        terminal.wait_for_prompt()
    elif name == "paste":
        terminal.write(b"\x1b[200~" + keys(rest).replace(b"\n", b"\r") + b"\x1b[201~")
    elif name == "paste-bytes":
        line = b"-- " + b"x" * 77 + b"\r"
        terminal.write(b"\x1b[200~" + line * (int(rest) // len(line)) + b"\x1b[201~")
    elif name in ("coloured", "plain"):
        marked = [terminal.screen.buffer[row][0].fg != "default" for row, line in enumerate(terminal.screen.display) if line.startswith(rest)]
        if not marked or any(each != (name == "coloured") for each in marked):
            raise Failure("not " + name)
    elif name == "signal":
        os.kill(terminal.child, getattr(signal, rest))
    elif name == "end":
        terminal.end(int(rest))
    else:
        raise Failure("no step: " + name)


def run(program, path, update):
    with open(path, encoding="utf-8") as file:
        lines = file.read().split("\n")
    home = tempfile.mkdtemp()
    terminal, written, problems, at = Terminal(program, home), [], [], 0
    try:
        while at < len(lines):
            line = lines[at]
            written.append(line)
            at += 1
            if not line.startswith("> "):
                continue
            name, _, rest = line[2:].partition(" ")
            if name != "screen":
                step(terminal, name, rest)
                continue
            expected = []
            while at < len(lines) and not lines[at].startswith("> "):
                expected.append(lines[at])
                at += 1
            while expected and not expected[-1]:
                expected.pop()
            terminal.settle()
            shown = [steady(each) for each in terminal.lines()]
            written += shown
            if shown != expected:
                problems.append("line %d, the screen is\n    %s" % (at, "\n    ".join(shown)))
    except Failure as failure:
        problems.append("line %d, %s: %s\n    %s" % (at, line, failure, "\n    ".join(terminal.lines() if terminal.file else [])))
    finally:
        terminal.close()
        subprocess.run(["chmod", "-R", "u+w", home], check=False)
        shutil.rmtree(home, ignore_errors=True)
    if update:
        written += lines[at:]
        with open(path, "w", encoding="utf-8") as file:
            file.write("\n".join(written).rstrip("\n") + "\n")
    return problems


def main():
    program, update = os.path.abspath(sys.argv[1]), "--update" in sys.argv
    paths = [each for each in sys.argv[2:] if each != "--update"] or sorted(glob.glob(os.path.dirname(os.path.abspath(__file__)) + "/*.session"))
    failed = 0
    for path in paths:
        problems = run(program, path, update)
        failed += bool(problems)
        for problem in problems:
            print("%s: %s" % (os.path.basename(path), problem))
    print("%d sessions, %d failed" % (len(paths), failed))
    sys.exit(failed > 0 or not paths)


main()
