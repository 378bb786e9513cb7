// Puts the report's page together: programs and style bundled into the HTML frame, with a content policy that allows
// this one program and nothing from outside; the result as a C++ source.
//   node build.mjs SOURCE_FOLDER FOLDER_WITH_NODE_MODULES OUT.cpp
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [source, installed, out] = process.argv.slice(2);
const esbuild = createRequire(join(installed, 'package.json'))('esbuild');

async function bundled(file) {
  const made = await esbuild.build({
    entryPoints: [join(source, file)], bundle: true, minify: true, write: false, format: 'iife', charset: 'utf8',
    target: 'es2020', legalComments: 'inline', nodePaths: [join(installed, 'node_modules')],
  });
  return made.outputFiles[0].text.trim();
}

const hash = (text) => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;

const script = await bundled('main.js');
const style = await bundled('style.css');
const policy = [
  "default-src 'none'", `script-src ${hash(script)}`, `style-src-elem ${hash(style)}`, "style-src-attr 'unsafe-inline'",
  'img-src data: blob:', "base-uri 'none'", "form-action 'none'",
].join('; ');
const parts = { POLICY: policy, STYLE: style, SCRIPT: script };
const page = readFileSync(join(source, 'page.html'), 'utf8').replace(/@(POLICY|STYLE|SCRIPT)@/g, (_, name) => parts[name]);

// Adjacent literals, because compilers bound the length of one.
const literals = (page.match(/[^]{1,8000}/gu) ?? []).map((piece) => `  R"~page~(${piece})~page~"`);
writeFileSync(out, `// Made by sim/report/web/build.mjs.
#include "report/page.hpp"

std::string_view sojourn::report::page_template() {
  using namespace std::string_view_literals;
  static constexpr std::string_view made = ${'\n'}${literals.join('\n')}sv;
  return made;
}
`);
