// SPDX-License-Identifier: Apache-2.0
// Filters, sorts and pages through the subscriptions. The page reads without
// it: then the table holds the worst of them, as they were written.
"use strict";

(() => {
  const PAGE_ROWS = 100;
  const PRINTED_ROWS = 1000; // paper has an end

  const {
    words, names, requirements, reasons, met, rows,
  } = JSON.parse(document.getElementById("data").textContent);

  // The places in a row: src/report/report_html_data.c writes them.
  const [
    ID, NAME, TENANT, STATE, GROUP, STATUS, REACH, CAUSE, FINDINGS, CONTACT,
    OTHERS, ERROR,
  ] = Array(12).keys();

  // Worst first. What stands in a row is an index into the names.
  const STATUS_ORDER = ["non-compliant", "unknown", "muted", "compliant",
    "not-applicable"].map((name) => names.statusClasses.indexOf(name));
  const REACH_ORDER = ["nobody", "unknown", "owners", "contact",
    "not-applicable"].map((name) => names.reachClasses.indexOf(name));
  const FAIL = names.findingClasses.indexOf("fail");

  const filter = document.getElementById("filter");
  const fields = Object.fromEntries(
    ["text", "status", "reach", "requirement"].map((name) =>
      [name, document.getElementById(`filter-${name}`)]));
  const table = document.getElementById("subscription-table");
  const body = table.tBodies[0];
  const shownNote = document.getElementById("shown");
  const printNote = document.getElementById("print-note");
  const pages = document.getElementById("pages");
  const [previous, next] = pages.querySelectorAll("button");

  let chosen = [];
  let page = 0;
  let sorting = { column: null, descending: false };
  const haystacks = new Map();

  // An element of our making: text is only ever text.
  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes))
      made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  const number = (count) =>
    String(count).replace(/\B(?=(\d{3})+$)/g, "\u202f");

  // Puts values into the places of a sentence: {first}, {expected}.
  const fill = (sentence, values) =>
    sentence.replace(/\{(\w+)\}/g, (place, key) =>
      values[key] === undefined || values[key] === null
        || String(values[key]).trim() === "" ? words.none : values[key]);

  /* ---- what a row says ---- */

  function message([requirement, , reason, expected, actual]) {
    return fill(reasons[reason].message || met[requirement],
      { expected, actual });
  }

  function recommendations(row) {
    const said = new Set();
    for (const [, status, reason, expected, actual] of row[FINDINGS])
      if (status === FAIL && reasons[reason].recommendation !== "")
        said.add(fill(reasons[reason].recommendation, { expected, actual }));
    if (row[ERROR] !== null && row[ERROR][4] !== null)
      said.add(row[ERROR][4]);
    return [...said];
  }

  function haystack(index) {
    let text = haystacks.get(index);
    if (text === undefined) {
      const row = rows[index];
      const contacts = [row[CONTACT], ...row[OTHERS]];
      text = [row[NAME], row[ID], row[TENANT], row[CAUSE],
        ...contacts.flatMap((contact) =>
          contact === null ? [] : [...contact[2], contact[3]]),
        ...(row[ERROR] ?? [])].join("\n").toLowerCase();
      haystacks.set(index, text);
    }
    return text;
  }

  /* ---- details of a row ---- */

  function finding(found) {
    const [requirement, status, reason, expected, actual, mute] = found;
    const item = element("li", {},
      element("span", { class: `status ${names.findingClasses[status]}` },
        names.findingStatuses[status]),
      ` ${requirements[requirement].title} `,
      element("code", {}, requirements[requirement].id));
    const lines = [message(found)];
    if (status === FAIL && reasons[reason].expected !== "")
      lines.push(`${words.expected}: `
        + fill(reasons[reason].expected, { expected, actual }));
    if (mute)
      lines.push(`${words.muted}: ${mute}`);
    if (requirements[requirement].controls !== "")
      lines.push(requirements[requirement].controls);
    item.append(...lines.map((line) =>
      element("span", { class: "faint" }, line)));
    return item;
  }

  function addFact(list, label, value) {
    if (value === null || value === undefined || value === "")
      return;
    list.append(element("dt", {}, label),
      element("dd", {}, element("bdi", {}, String(value))));
  }

  const yesOrNo = (value) =>
    value === null ? words.notShown : value ? words.yes : words.no;

  function addContact(list, contact) {
    const [name, enabled, emails, phone, alerts, attackPaths, byRole, roles,
      version] = contact;
    addFact(list, words.contact, `${name} (${version})`);
    addFact(list, words.enabled, yesOrNo(enabled));
    addFact(list, words.emails, emails.join(", ") || words.none);
    addFact(list, words.phone, phone ?? words.none);
    addFact(list, words.alerts, alerts);
    addFact(list, words.attackPaths, attackPaths);
    addFact(list, words.rolesNotified, yesOrNo(byRole));
    addFact(list, words.roles, roles.join(", ") || words.none);
  }

  function fillDetails(details, row) {
    const facts = element("dl", { class: "details" });
    addFact(facts, words.state, row[STATE]);
    if (row[CONTACT] !== null)
      addContact(facts, row[CONTACT]);
    for (const other of row[OTHERS])
      addContact(facts, other);
    if (row[ERROR] !== null) {
      addFact(facts, words.httpStatus, row[ERROR][0]);
      addFact(facts, words.code, row[ERROR][1]);
      addFact(facts, words.message, row[ERROR][2]);
      addFact(facts, words.requestId, row[ERROR][3]);
    }
    details.append(facts);
    if (row[FINDINGS].length > 0)
      details.append(element("ul", { class: "findings" },
        ...row[FINDINGS].map(finding)));
  }

  function detailsOf(row) {
    const details = element("details", { class: "screen-only" },
      element("summary", {}, words.details,
        element("span", { class: "unseen" }, ` ${row[NAME]}`)));
    details.addEventListener("toggle", () => fillDetails(details, row),
      { once: true });
    return details;
  }

  /* ---- the table ---- */

  function cell(label, ...children) {
    return element("td", { "data-label": label }, ...children);
  }

  function tableRow(row) {
    const line = element("tr", {},
      element("th", { scope: "row" },
        row[NAME].trim() === "" ? words.noName
          : element("bdi", {}, row[NAME]),
        element("code", { class: "faint" }, row[ID])));
    if (row[TENANT] !== null)
      line.append(cell(words.tenant, element("bdi", {}, row[TENANT])));
    line.append(
      element("td", {},
        element("span", { class: `status ${names.statusClasses[row[STATUS]]}` },
          names.statuses[row[STATUS]])),
      cell(words.reach, names.reaches[row[REACH]]));
    const last = element("td", {}, element("bdi", {}, row[CAUSE]));
    for (const advice of recommendations(row))
      last.append(element("span", { class: "faint" }, advice));
    last.append(detailsOf(row));
    line.append(last);
    return line;
  }

  function show(first, count) {
    body.replaceChildren(
      ...chosen.slice(first, first + count).map((index) =>
        tableRow(rows[index])));
  }

  // Which of them stand in the table now.
  function shownWords(first, count) {
    const places = {
      first: number(first + 1),
      last: number(Math.min(first + count, chosen.length)),
      chosen: number(chosen.length),
      all: number(rows.length),
    };
    if (chosen.length === 0)
      return words.noneShown;
    return fill(chosen.length === rows.length ? words.shown
      : words.shownOfAll, places);
  }

  function showPage() {
    const last = Math.max(0, Math.ceil(chosen.length / PAGE_ROWS) - 1);
    page = Math.min(page, last);
    const first = page * PAGE_ROWS;
    show(first, PAGE_ROWS);
    previous.disabled = page === 0;
    next.disabled = page === last;
    pages.hidden = last === 0;
    shownNote.textContent = shownWords(first, PAGE_ROWS);
  }

  /* ---- filter and sort ---- */

  function matches(index, wanted) {
    const row = rows[index];
    return (wanted.status === "" || row[STATUS] === Number(wanted.status))
      && (wanted.reach === "" || row[REACH] === Number(wanted.reach))
      && (wanted.requirement === "" || row[FINDINGS].some(
        ([requirement, status]) => status === FAIL
          && requirement === Number(wanted.requirement)))
      && (wanted.text === "" || haystack(index).includes(wanted.text));
  }

  const order = (left, right) => left < right ? -1 : left > right ? 1 : 0;

  // Rows stand in the order of their names.
  const orders = {
    name: (left, right) => left - right,
    tenant: (left, right) => order(rows[left][TENANT], rows[right][TENANT]),
    status: (left, right) => STATUS_ORDER.indexOf(rows[left][STATUS])
      - STATUS_ORDER.indexOf(rows[right][STATUS]),
    reach: (left, right) => REACH_ORDER.indexOf(rows[left][REACH])
      - REACH_ORDER.indexOf(rows[right][REACH]),
    cause: (left, right) => order(rows[left][CAUSE], rows[right][CAUSE]),
  };

  const byConsequence = (left, right) => rows[left][GROUP] - rows[right][GROUP];

  function choose() {
    const wanted = {
      text: fields.text.value.trim().toLowerCase(),
      status: fields.status.value,
      reach: fields.reach.value,
      requirement: fields.requirement.value,
    };
    chosen = [];
    for (let index = 0; index < rows.length; index++)
      if (matches(index, wanted))
        chosen.push(index);
    const compare = orders[sorting.column] ?? byConsequence;
    const sign = sorting.descending ? -1 : 1;
    chosen.sort((left, right) => sign * compare(left, right) || left - right);
    page = 0;
    showPage();
  }

  function sortBy(column) {
    sorting = {
      column,
      descending: sorting.column === column && !sorting.descending,
    };
    markSorting();
    choose();
  }

  function markSorting() {
    for (const heading of table.tHead.rows[0].cells) {
      const sorted = heading.dataset.column === sorting.column;
      heading.setAttribute("aria-sort", !sorted ? "none"
        : sorting.descending ? "descending" : "ascending");
    }
  }

  // Chromium repeats no heading on paper that holds a button.
  function makePlain() {
    for (const heading of table.tHead.rows[0].cells)
      heading.replaceChildren(heading.textContent);
  }

  function makeSortable() {
    for (const heading of table.tHead.rows[0].cells) {
      const button = element("button", { type: "button" },
        heading.textContent);
      button.addEventListener("click", () => sortBy(heading.dataset.column));
      heading.replaceChildren(button);
    }
    markSorting();
  }

  function turn(by) {
    page += by;
    showPage();
    document.getElementById("subscriptions").scrollIntoView();
  }

  /* ---- paper ---- */

  // What was chosen, in words: the fields themselves are not printed.
  function chosenWords() {
    return Object.values(fields)
      .filter((field) => field.value.trim() !== "")
      .map((field) => `${field.labels[0].textContent}: `
        + (field.selectedOptions?.[0].textContent ?? field.value.trim()));
  }

  const closed = [];

  function beforePrint() {
    makePlain();
    show(0, PRINTED_ROWS);
    printNote.textContent =
      [...chosenWords(), shownWords(0, PRINTED_ROWS)].join(". ");
    for (const part of document.querySelectorAll("details.printed"))
      if (!part.open) {
        part.open = true;
        closed.push(part);
      }
  }

  function afterPrint() {
    for (const part of closed.splice(0))
      part.open = false;
    makeSortable();
    showPage();
  }

  /* ---- the rest ---- */

  // A link to an explanation opens it.
  function openTarget() {
    const target = document.getElementById(location.hash.slice(1));
    if (target instanceof HTMLDetailsElement)
      target.open = true;
  }

  filter.addEventListener("input", choose);
  filter.querySelector("button").addEventListener("click", () => {
    for (const field of Object.values(fields))
      field.value = "";
    sorting = { column: null, descending: false };
    markSorting();
    choose();
  });
  previous.addEventListener("click", () => turn(-1));
  next.addEventListener("click", () => turn(1));
  window.addEventListener("beforeprint", beforePrint);
  window.addEventListener("afterprint", afterPrint);
  window.addEventListener("hashchange", openTarget);
  makeSortable();
  document.getElementById("cut")?.remove();
  filter.hidden = false;
  choose();
  openTarget();
})();
