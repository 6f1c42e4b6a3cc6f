import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: ['node_modules/', 'data/', '.scratch/', 'gateway/dashboard/', 'scripts/builtin/data/'],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json' } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      // A resolver's decorated method may be async without awaiting, because a store may become so.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      // knex answers untyped rows; naming their type at the call is the clearest way to say what they are.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'gateway/config.ts reads the environment.' },
      ],
    },
  },
  {
    // The entry points hand the environment to gateway/config.ts; tests and benches set it.
    files: [
      'gateway/config.ts',
      'gateway/supergraph/execution.ts',
      'scripts/cli.ts',
      'scripts/bench/**',
      'test/**',
    ],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    // A test file is one list of cases; splitting it makes it no easier to read.
    files: ['test/**'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: {
      globals: {
        require: 'readonly',
        module: 'writable',
        process: 'readonly',
        console: 'readonly',
        __dirname: 'readonly',
        setTimeout: 'readonly',
      },
    },
  },
);
