/**
 * Conditions in the page: the mirror of survey_app/definition/conditions/evaluation.py, function
 * by function. The server decides; this only shows and hides while a person fills in. Both are
 * held to tests/definition/condition_vectors.json.
 *
 * @typedef {Array<string|Tree>} Tree  as Condition.tree gives it: ["=", ["ref", "a", ""], ["text", "b"]]
 */

const NUMBER = /^-?[0-9]+(\.[0-9]+)?$/;
const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

const COMPARISONS = {
  "=": (left, right) => left === right,
  "!=": (left, right) => left !== right,
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
};

/**
 * Whether the tree holds for the answers (item key -> code, codes, number, text, date or grid).
 *
 * @param {Tree} tree
 * @param {Object<string, *>} answers
 * @returns {boolean}
 */
export function evaluate(tree, answers) {
  const [operator, ...parts] = tree;
  switch (operator) {
    case "or":
      return parts.some((part) => evaluate(part, answers));
    case "and":
      return parts.every((part) => evaluate(part, answers));
    case "not":
      return !evaluate(parts[0], answers);
    case "selected":
      return isSelected(readAnswer(answers, parts[0]), parts[1][1]);
    case "true":
      return true;
    case "false":
      return false;
    default:
      return compare(operator, readValue(parts[0], answers), readValue(parts[1], answers));
  }
}

function readValue(tree, answers) {
  switch (tree[0]) {
    case "ref":
      return simplify(readAnswer(answers, tree));
    case "count-selected":
      return listCodes(readAnswer(answers, tree[1])).length;
    default:
      return tree[1];
  }
}

function readAnswer(answers, [, item, row]) {
  const answer = readEntry(answers, item);
  return row ? readEntry(answer, row) : answer;
}

// A text or a list has entries too ("length"), but no rows. What any object inherits
// ("constructor") is no text and no number, so it reads as blank.
function readEntry(holder, key) {
  const hasRows = typeof holder === "object" && holder !== null && !Array.isArray(holder);
  return hasRows ? holder[key] : null;
}

function simplify(answer) {
  if (typeof answer === "string") return answer;
  if (Array.isArray(answer)) return listCodes(answer).join(" ");
  if (typeof answer === "number") return limit(answer);
  return "";
}

function listCodes(answer) {
  if (Array.isArray(answer)) return answer.filter((code) => typeof code === "string" && code);
  const value = simplify(answer);
  return value === "" ? [] : [value];
}

// A number has no spelling of its own, so only it is compared by amount.
function isSelected(answer, code) {
  const amount = measure(code);
  return listCodes(answer).some((chosen) => chosen === (typeof chosen === "string" ? code : amount));
}

function compare(comparison, left, right) {
  const holds = COMPARISONS[comparison];
  const one = measure(left);
  const other = measure(right);
  if (one !== null && other !== null) return holds(one, other);
  if (comparison === "=" || comparison === "!=") return holds(left, right);
  return isDate(left) && isDate(right) && holds(left, right);
}

function measure(value) {
  if (typeof value === "number") return value;
  return NUMBER.test(value) ? limit(Number(value)) : null;
}

function isDate(value) {
  return typeof value === "string" && DATE.test(value);
}

// The page reads 1e999 as infinity and Python a long integer exactly: one bound for both.
function limit(number) {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, number));
}
