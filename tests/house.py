#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the sources against the rules of CONTRIBUTING.md.

Fails where a file includes from a room or sub-room that it may not use, uses
a foreign library outside the room that it belongs to, where two files need
each other, or where a file, function, line or folder is larger than the
rules allow. The tables are those of docs/architecture.md.

house.py [ROOT]    ROOT is the repository, by default the one of this file.
"""
import os
import re
import sys

# What each room may use. A sub-room may use the rooms that its room may, and
# of its own room's sub-rooms those that are named here; "." is the folder of
# the room itself.
ROOMS = {
    'base': ('', {}),
    'net': ('base', {
        'loop': '',
        'http': 'loop',
    }),
    'control': ('base', {
        'value': '',
        'contact': 'value',
        'requirement': 'value contact',
        'run': 'value contact requirement',
        'config': 'value contact requirement run',
        'plan': 'value contact requirement run config',
        'file': 'value contact requirement run plan',
        'mask': 'run',
        'past': 'value contact requirement run plan',
        'doctor': '',
    }),
    'identity': ('net base', {
        'token': '',
        'entra': 'token',
        'certificate': 'token',
        'federated': 'token entra',
        'managed': 'token',
        'tool': 'token entra',
        'credential': 'token entra certificate federated',
        'chain': 'token managed tool credential',
    }),
    'azure': ('net control base', {
        'arm': '',
        'contact': 'arm',
        'resource': 'arm',
    }),
    'report': ('control base', {
        'language': '',
        'view': 'language',
        'markup': 'language view',
        'wording': 'language view',
        'json': 'view wording',
        'explain': 'language markup json',
        'html': 'view markup wording explain',
        'interchange': 'view markup wording json explain',
        'run': 'view markup wording json',
        'change': 'language markup wording json',
        'history': 'language markup wording json change',
        'doctor': 'language markup wording json',
        'init': 'language view markup',
        'export': 'view',
        '.': 'view run',
    }),
    'store': ('control base', {
        'sql': '',
        'schema': 'sql',
        '.': 'sql schema',
    }),
    'engine': ('store azure identity control net base', {
        'session': '',
        'inventory': 'session',
        'check': 'session inventory',
        'plan': 'session',
        'apply': 'session',
        'doctor': 'session inventory',
        'alert': '',
    }),
    'cli': ('engine store report azure identity control net base', {
        'terminal': '',
        'option': 'terminal',
        'config': 'terminal option',
        'flow': 'terminal option config',
        'command': 'terminal option config flow',
        '.': 'terminal command',
    }),
    # Of piket's rooms base/ alone, so that one mistake cannot agree with
    # itself. Its own folders are its sub-rooms.
    'emulator': ('base', None),
}

# header, rooms that may include it
FOREIGN = [
    (r'curl/', 'net'),
    (r'jansson\.h', 'control azure identity report emulator'),
    (r'openssl/', 'control net identity emulator'),
    (r'microhttpd\.h', 'emulator'),
    (r'popt\.h', 'cli emulator'),
    (r'idn2\.h', 'control'),
    (r'yaml\.h', 'control'),
    (r'sqlite3\.h', 'store'),
    (r'uuid/', 'report'),
]

BANNED = re.compile(r'\b(strcpy|strcat|sprintf|vsprintf|atoi|atol|strtok|gets'
                    r'|system|popen)\(')
PRINTING = re.compile(r'\b(printf|puts|putchar|fputs|fprintf|perror|exit'
                      r'|_exit)\(')

FILE_LINES = 500
FUNCTION_LINES = 80
FOLDER_FILES = 40
COLUMNS = 79
PARAMETERS = 5

# Functions that had more parameters when they were first counted. The list
# only gets shorter.
WIDE = """
alert_simulation_raise append_parts apply_change_start assessment_make
backup_file_read check_new child_start client_certificate_parse
config_parse config_tree_parse contact_reader_read contact_residue_find
contact_snapshot_residue contact_view_append contact_writer_delete
contact_writer_put expected_list_parse fields_read handle join_rules
journal_changes journal_operations journal_reread judge
managed_identity_answer_read managed_identity_request_make
management_group_list mute_index_new mute_index_report option_number
permission_read plan_add_reversal plan_file_read plan_subjects_verify
planning_revert read_addresses_of read_ids read_image read_member
read_test record_find record_id_find record_id_find_in recovery_run
refuse_elsewhere registration_start revise run_codec_read_assessment
run_store_list run_store_timeline scope_verify server_new
subscription_list survey take tell token_cache_new
""".split()

INCLUDE = re.compile(r'^#include ["<]([^">]+)[">]', re.M)
NOISE = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"'
                   r"|'(?:\\.|[^'\\\n])*'", re.S)


class Source:
    """A file of C, with its comments and literals blanked."""

    def __init__(self, root, path):
        self.path = path
        with open(os.path.join(root, path), encoding='utf-8') as file:
            self.text = file.read()
        self.code = NOISE.sub(lambda noise: re.sub(r'[^\n]', ' ',
                                                   noise.group()), self.text)
        self.includes = INCLUDE.findall(self.text)
        parts = path.split('/')
        inside = parts[1:] if parts[0] == 'src' else parts
        self.room = inside[0] if len(inside) > 1 else ''
        self.folder = inside[1] if len(inside) > 2 else '.'
        # The name that others include it by.
        self.name = '/'.join(inside[1:] if self.room == 'emulator'
                             else inside)
        self.module = re.sub(r'\.[ch]$', '', self.name)


class House:
    def __init__(self, root):
        self.failures = []
        self.sources = []
        self.tests = []  # they use what they test
        for folder, _, files in os.walk(os.path.join(root, 'tests')):
            self.tests += [Source(root, os.path.relpath(
                os.path.join(folder, name), root))
                for name in files if name.endswith('.c')]
        for top in ('src', 'emulator'):
            for folder, _, files in sorted(os.walk(os.path.join(root, top))):
                sources = [name for name in sorted(files)
                           if name.endswith(('.c', '.h'))]
                place = os.path.relpath(folder, root)
                if len(files) > FOLDER_FILES:
                    self.fail(place, f'holds {len(files)} files, more than '
                                     f'{FOLDER_FILES}')
                self.sources += [Source(root, os.path.join(place, name))
                                 for name in sources]

    def fail(self, place, what):
        self.failures.append(f'{place}: {what}')


def check_includes(house):
    """The arrows between rooms and sub-rooms go down only."""
    for source in house.sources:
        if not source.room:
            continue
        if source.room not in ROOMS:
            house.fail(source.path, f'{source.room}/ is in no table')
            continue
        rooms, folders = ROOMS[source.room]
        if folders and source.folder not in folders:
            house.fail(source.path,
                       f'{source.room}/{source.folder} is in no table')
            continue
        for included in source.includes:
            parts = included.split('/')
            if f'"{included}"' not in source.text or len(parts) < 2:
                continue
            if source.room == 'emulator':
                if parts[0] in ROOMS and parts[0] not in rooms.split():
                    house.fail(source.path, f'includes {included}: emulator/ '
                               f'may use {rooms}/ alone')
            elif parts[0] != source.room:
                if parts[0] not in rooms.split():
                    house.fail(source.path, f'includes {included}, which '
                               f'{source.room}/ may not use')
            elif folders:
                folder = parts[1] if len(parts) > 2 else '.'
                if folder != source.folder \
                        and folder not in folders[source.folder].split():
                    house.fail(source.path, f'includes {included}, which '
                               f'{source.room}/{source.folder} may not use')


def check_foreign(house):
    for source in house.sources:
        for pattern, owners in FOREIGN:
            if source.room not in owners.split() and any(
                    re.match(pattern, included)
                    for included in source.includes):
                house.fail(source.path, f'includes <{pattern}>, which '
                           f'belongs to: {owners}')


def check_calls(house):
    for source in house.sources:
        for number, line in enumerate(source.code.split('\n'), 1):
            place = f'{source.path}:{number}'
            if BANNED.search(line):
                house.fail(place, 'calls a banned function')
            if source.room not in ('cli', 'emulator', '') \
                    and PRINTING.search(line):
                house.fail(place, 'only cli/ prints or exits')


def find_circles(edges):
    """The groups of modules that need each other (Tarjan)."""
    number, low, stack, circles = {}, {}, [], []

    def visit(module):
        number[module] = low[module] = len(number)
        stack.append(module)
        for other in sorted(edges[module]):
            if other not in number:
                visit(other)
                low[module] = min(low[module], low[other])
            elif other in stack:
                low[module] = min(low[module], number[other])
        if low[module] == number[module]:
            at = stack.index(module)
            if len(stack) - at > 1:
                circles.append(stack[at:])
            del stack[at:]

    sys.setrecursionlimit(10000)
    for module in sorted(edges):
        if module not in number:
            visit(module)
    return circles


def check_circles(house):
    """A file and its header are one module."""
    for top in ('src', 'emulator'):
        sources = [source for source in house.sources
                   if source.path.startswith(top + '/')]
        edges = {source.module: set() for source in sources}
        for source in sources:
            for included in source.includes:
                module = re.sub(r'\.h$', '', included)
                if module in edges and module != source.module:
                    edges[source.module].add(module)
        for circle in find_circles(edges):
            house.fail(', '.join(sorted(circle)), 'include each other')


def check_sizes(house):
    for source in house.sources:
        lines = source.text.split('\n')
        if len(lines) - 1 > FILE_LINES:
            house.fail(source.path, f'has {len(lines) - 1} lines, more than '
                       f'{FILE_LINES}')
        begun = 0
        for number, line in enumerate(lines, 1):
            if len(line) > COLUMNS:
                house.fail(f'{source.path}:{number}',
                           f'is wider than {COLUMNS} columns')
            if line == '{':
                begun = number
            elif line == '}' and begun:
                if number - begun > FUNCTION_LINES:
                    house.fail(f'{source.path}:{begun}', 'a function of '
                               f'{number - begun} lines, more than '
                               f'{FUNCTION_LINES}')
                begun = 0


# The beginning of a definition, or a declaration: name, parameters, { or ;.
FUNCTION = re.compile(r'^(?:[a-z].*[ *])?([a-z_][a-z0-9_]*)\('
                      r'((?:[^(){};]|\((?:[^(){};]|\([^(){};]*\))*\))*)\)'
                      r'\s*(?:__attribute__\s*\(\(.*?\)\)\s*)?([{;])', re.M)


def count_parameters(text):
    depth = 0
    count = 1 if text.strip() not in ('', 'void') else 0
    for letter in text:
        depth += {'(': 1, ')': -1}.get(letter, 0)
        count += letter == ',' and depth == 0
    return count


def check_functions(house):
    """Parameters, and public functions that nobody uses."""
    words = {}
    for source in house.sources + house.tests:
        for word in set(re.findall(r'[A-Za-z_]\w*', source.code)):
            words.setdefault(word, set()).add(source.path)
    for source in house.sources:
        code = re.sub(r'^typedef[^;]*;', '', source.code, flags=re.M)
        for name, parameters, end in FUNCTION.findall(code):
            if count_parameters(parameters) > PARAMETERS and end == '{' \
                    and name not in WIDE:
                house.fail(source.path, f'{name} has more than {PARAMETERS} '
                           'parameters')
            if end == ';' and source.path.endswith('.h'):
                own = {source.path, source.path[:-2] + '.c'}
                if not words[name] - own and not used_by(house, own, name):
                    house.fail(source.path, f'nothing uses {name}')


def used_by(house, paths, name):
    """Whether a file uses what it defines, or its header does in a macro."""
    return any(len(re.findall(rf'\b{name}\b', source.code)) > 1
               for source in house.sources if source.path in paths)


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.join(
        os.path.dirname(os.path.abspath(__file__)), '..')
    house = House(root)
    for check in (check_includes, check_foreign, check_calls, check_circles,
                  check_sizes, check_functions):
        check(house)
    for failure in house.failures:
        print(failure, file=sys.stderr)
    if house.failures:
        print(f'{len(house.failures)} violations', file=sys.stderr)
    return 1 if house.failures else 0


sys.exit(main())
