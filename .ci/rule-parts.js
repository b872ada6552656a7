/**
 * A rule's file holds its condition, its texts and its examples. A check asks all rules for the condition, few of them for
 * the texts and none for the examples: so in the program these are chunks of their own, loaded with the first look at one.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAst } from 'rolldown/parseAst';
import { changed, found } from './patching.js';

const PARTS = { texts: ['title', 'cites', 'explain', 'fix', 'exceptions'], examples: ['examples'] };
const LATER = Object.values(PARTS).flat();
const FOLDER = join(import.meta.dirname, '../dist/rules/catalogue');
const RULE = /dist\/rules\/catalogue\/(?!index)[^/]+\.js$/;
const OWN = /^later-parts$|^all-(?:texts|examples)$|dist\/rules\/catalogue\/[^/]+\.js\?/;

/** Of `atOnce(import(…))` the promise, in the words of the bundler. */
const AT_ONCE = /\batOnce\(Promise\.resolve\(\)\.then\(\(\)=>(require\([^()]*\))\)(?:\.then\([\w$]+=>[\w$]+(\.[\w$]+)\))?\)/g;

export const RULE_GROUPS = [
  { name: 'example', test: /dist\/rules\/example\.js$/, priority: 6.1 },
  { name: 'rule-texts', test: /^all-texts$|\.js\?texts$/, priority: 5.9 },
  { name: 'rule-examples', test: /^all-examples$|\.js\?examples$/, priority: 5.9 },
];

export const lazyRuleParts = {
  name: 'lazy-rule-parts',
  resolveId: { filter: { id: OWN }, handler: (id) => id },
  load: {
    filter: { id: OWN },
    handler(id) {
      if (id === 'later-parts') return laterParts();
      const [path, part] = id.split('?');
      return part === undefined ? allRules(id.slice('all-'.length)) : partOfRule(path, part);
    },
  },
  transform: {
    filter: { id: RULE },
    handler(code, id) {
      const rule = ruleWith(code, id, (name) => !LATER.includes(name));
      return `import { later } from 'later-parts';\n${changed(rule, [[/^(export const \w+ = \{)/m, '$1 __proto__: later,']])}`;
    },
  },
  /** `atOnce` does not wait: program and loader are CommonJS. */
  generateBundle(_, bundle) {
    const rules = found(
      Object.values(bundle).find(({ name }) => name === 'rules'),
      'the chunk of the rules',
    );
    rules.code = changed(rules.code, [[AT_ONCE, '$1$2']]);
    found(rules.code.includes('atOnce(') ? undefined : true, 'the chunks of what rules say');
  },
};

/** What every rule inherits: its other parts, each made when it is asked for, and kept. */
function laterParts() {
  const getters = Object.entries(PARTS).flatMap(([part, names]) =>
    names.map((name) => `get ${name}() { return known(${part}, this.id, () => atOnce(import('all-${part}'))).${name}; }`),
  );
  return `
    const [${Object.keys(PARTS)}] = [${Object.keys(PARTS).map(() => 'new Map()')}];
    function known(parts, id, all) {
      if (!parts.has(id)) parts.set(id, all().parts[id]());
      return parts.get(id);
    }
    export const later = { ${getters.join(',\n')} };`;
}

/** One part of all rules, by their ids: a rule's file is named as it is. */
function allRules(part) {
  const ids = readdirSync(FOLDER).flatMap((file) => (RULE.test(join(FOLDER, file)) ? [file.slice(0, -'.js'.length)] : []));
  const imports = ids.map((id, i) => `import { part as part${i} } from '${FOLDER}/${id}.js?${part}';`);
  return `${imports.join('\n')}\nexport const parts = { ${ids.map((id, i) => `'${id}': part${i}`)} };`;
}

function partOfRule(path, part) {
  const rule = ruleWith(readFileSync(path, 'utf8'), path, (name) => PARTS[part].includes(name));
  return changed(rule, [[/^export const \w+ = (\{[\s\S]*?^\});/m, 'export const part = () => ($1);']]);
}

/** The file with these properties of its rule alone. What of its own they do not need, the bundler leaves out. */
function ruleWith(code, id, wanted) {
  const { body } = parseAst(code);
  const rule = found(
    body.find(({ type, declaration }) => type === 'ExportNamedDeclaration' && declaration?.kind === 'const'),
    `the rule of ${id}`,
  );
  const { properties } = rule.declaration.declarations[0].init;
  found(
    properties.find(({ key }) => key.name === 'examples'),
    `the examples of ${id}`,
  );
  const unwanted = properties.filter(({ key }) => !wanted(key.name)).map(({ start, end }) => ({ start, end, put: '' }));
  const calls = body.filter((node) => node !== rule).flatMap(callsAtOnce);
  const pure = calls.map(({ start }) => ({ start, end: start, put: '/* @__PURE__ */ ' }));
  return [...unwanted, ...pure]
    .sort((x, y) => y.start - x.start)
    .reduce((text, { start, end, put }) => {
      const rest = text.slice(end);
      return `${text.slice(0, start)}${put}${put === '' ? rest.replace(/^,/, '') : rest}`;
    }, code);
}

/** What is called when the file is loaded: in a rule's file nothing that has an effect. */
function callsAtOnce(node) {
  if (typeof node !== 'object' || node === null || /Function/.test(node.type)) return [];
  const inside = Object.values(node).flatMap(callsAtOnce);
  return node.type === 'CallExpression' ? [node, ...inside] : inside;
}
