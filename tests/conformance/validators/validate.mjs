// SPDX-License-Identifier: Apache-2.0
// validate.mjs SCHEMA REPORT: whether the report is what a published schema
// says, as Ajv reads it. A report of several lines that are JSON each, as OCSF
// is written, is several documents.
import { readFileSync } from "node:fs";
import process from "node:process";
import draft04 from "ajv-draft-04";
import draft07 from "ajv";
import draft2020 from "ajv/dist/2020.js";
import formats from "ajv-formats";

const [schemaPath, reportPath] = process.argv.slice(2);
const schema = JSON.parse(readFileSync(schemaPath, "utf8"));

function validator() {
  const version = schema.$schema ?? "";
  const Ajv = version.includes("draft-04")
    ? draft04.default ?? draft04
    : version.includes("2020-12")
      ? draft2020.default ?? draft2020
      : draft07.default ?? draft07;
  // The schemas use words of their own, and formats that Ajv adds.
  const ajv = new Ajv({ strict: false, allErrors: false });
  (formats.default ?? formats)(ajv);
  return ajv.compile(schema);
}

function documents(text) {
  try {
    return [JSON.parse(text)];
  } catch {
    return text.trimEnd().split("\n").map((line) => JSON.parse(line));
  }
}

const validate = validator();
const all = documents(readFileSync(reportPath, "utf8"));
for (const [index, document] of all.entries())
  if (!validate(document)) {
    console.log(`document ${index + 1} of ${all.length}:`);
    console.log(JSON.stringify(validate.errors, null, 1));
    process.exit(1);
  }
console.log(`${all.length} documents`);
