// The grammar of dlv. No actions, no predicates, no left recursion; two tokens always decide.
//
// Nothing separates statements: each begins with a word that begins no expression, or with `name' =`.
// One lexical trick keeps them apart: a "(" or "[" that is the first thing on its line is another token (PAREN,
// BRACKET), so it can begin an operand but never continue the line before as a call or an index.
grammar Dlv;

file        : item* EOF ;
hole        : expression EOF ;                        // what stands between braces in a message
item        : imports | constant | assertion | network | optimizer | process | train | generate ;

imports     : 'import' TEXT ('as' NAME)? ;
constant    : 'let' NAME '=' expression ;
assertion   : 'assert' expression ;
network     : ('network' | 'cell') NAME parameters ('->' result)? body ;
optimizer   : 'optimizer' NAME parameters statements ;
process     : 'process' NAME parameters? parts ;
train       : 'train' NAME lines ;
generate    : 'generate' NAME parameters '->' result body ;

parameters  : '(' (parameter (',' parameter)* ','?)? ')' ;
parameter   : NAME ':' type ('=' expression)? ;
result      : output | open namedOutput (',' namedOutput)* ')' ;
output      : (NAME ':')? type ;
namedOutput : NAME ':' type ;
type        : form ('|' form)* ;
form        : (NAME | 'network' | 'cell') ('(' expression ')')? ('[' expression (',' expression)* ']')? ;

parts       : '{' part* '}' ;
part        : NAME ('(' (NAME (',' NAME)*)? ')')? '=' expression ;

// After statements, an answer begins with neither a minus nor a "(" or "[" on the same line: so an answer that was
// forgotten is an error, never stolen from the statement before. The rules from `answer` to `leadPower` say only this.
body          : '{' (expression | statement+ answer) '}' ;
answer        : leadDisjunct ('->' stage)* ;
leadDisjunct  : leadConjunct ('or' conjunct)* ;
leadConjunct  : leadCompare ('and' comparison)* ;
leadCompare   : leadRange (comparer range)? ;
leadRange     : leadSum ('..' sum)? ;
leadSum       : leadProduct (('+' | '-') product)* ;
leadProduct   : leadUnary (('*' | '/' | '@') unary)* ;
leadUnary     : 'not' unary | leadPower ;
leadPower     : leadPostfix ('^' unary)? ;
leadPostfix   : head suffix* ;

statements  : '{' statement* '}' ;
statement   : let | weight | state | require | model | next ;
let         : 'let' (NAME | open NAME (',' NAME)* ')') '=' expression ;
weight      : 'weight' NAME ':' type '=' expression ;
state       : 'state' NAME ':' type ('=' expression)? ;
require     : 'require' expression (',' TEXT)? ;
model       : 'model' NAME '=' expression ('from' TEXT)? ;
next        : NEXT '=' expression ;

lines       : '{' line* '}' ;
line        : let | model | data | minimize | report | stages | setting ;
data        : 'data' NAME '=' expression ;
minimize    : 'minimize' expression ('of' NAME (',' NAME)*)? 'with' expression clause* ;
clause      : ('clip' | 'times') postfix ;
report      : 'report' reported (',' reported)* ;
reported    : (NAME '=')? expression ;
stages      : 'stage' NAME lines ;
setting     : NAME expression ;

expression  : disjunct ('->' stage)* ;
stage       : postfix | repeat ;
repeat      : 'repeat' (NAME 'in')? range '{' stage ('->' stage)* '}' ;
disjunct    : conjunct ('or' conjunct)* ;
conjunct    : comparison ('and' comparison)* ;
comparison  : range (comparer range)? ;
comparer    : '==' | '!=' | '<' | '<=' | '>' | '>=' ;
range       : sum ('..' sum)? ;
sum         : product (('+' | '-') product)* ;
product     : unary (('*' | '/' | '@') unary)* ;
unary       : ('-' | 'not') unary | power ;
power       : postfix ('^' unary)? ;
postfix     : operand suffix* ;

operand     : head
            | '(' expression (',' expression)* ')'
            | '[' (expression (',' expression)* ','?)? ']'
            ;
head        : NUMBER | TEXT | 'true' | 'false' | NAME | NEXT | '_' | '...'
            | conditional
            | PAREN expression (',' expression)* ')'
            | BRACKET (expression (',' expression)* ','?)? ']'
            ;
conditional : 'if' expression body ('else' 'if' expression body)* 'else' body ;
open        : '(' | PAREN ;

suffix      : call | index | field ;
call        : '(' (argument (',' argument)* ','?)? ')' ;
argument    : (word ':')? expression ;
index       : '[' expression (',' expression)* ']' ;
field       : '.' word ;

// A label or a column can be any word: nothing else can stand there.
word        : NAME | 'import' | 'as' | 'let' | 'assert' | 'network' | 'cell' | 'optimizer' | 'process' | 'train'
            | 'generate' | 'weight' | 'state' | 'require' | 'model' | 'from' | 'data' | 'minimize' | 'of' | 'with'
            | 'clip' | 'times' | 'report' | 'stage' | 'repeat' | 'in' | 'or' | 'and' | 'not' | 'true' | 'false'
            | 'if' | 'else'
            ;

// Words and signs, with the names by which the messages know them.
IMPORT: 'import'; AS: 'as'; LET: 'let'; ASSERT: 'assert'; NETWORK: 'network'; CELL: 'cell';
OPTIMIZER: 'optimizer'; PROCESS: 'process'; TRAIN: 'train'; GENERATE: 'generate'; WEIGHT: 'weight';
STATE: 'state'; REQUIRE: 'require'; MODEL: 'model'; FROM: 'from'; DATA: 'data'; MINIMIZE: 'minimize'; OF: 'of';
WITH: 'with'; CLIP: 'clip'; TIMES: 'times'; REPORT: 'report'; STAGE: 'stage'; REPEAT: 'repeat'; IN: 'in';
OR: 'or'; AND: 'and'; NOT: 'not'; TRUE: 'true'; FALSE: 'false'; IF: 'if'; ELSE: 'else';
OPEN: '('; CLOSE: ')'; OPEN_LIST: '['; CLOSE_LIST: ']'; OPEN_BODY: '{'; CLOSE_BODY: '}';
ARROW: '->'; COMMA: ','; COLON: ':'; DOT: '.'; IS: '='; BAR: '|'; RANGE: '..'; ANY: '...'; GAP: '_';
EQ: '=='; NE: '!='; LT: '<'; LE: '<='; GT: '>'; GE: '>='; PLUS: '+'; MINUS: '-'; MUL: '*'; DIV: '/'; PRODUCT: '@'; POW: '^';

PAREN       : [\r\n] [ \t\r\n]* '(' ;
BRACKET     : [\r\n] [ \t\r\n]* '[' ;
NUMBER      : DIGITS ('.' DIGITS)? ([eE] [+-]? [0-9]+)? ;
TEXT        : '"' PLAIN* '"' ;
NEXT        : NAME '\'' ;
NAME        : [\p{L}] [\p{L}\p{M}\p{N}_]* ;
DOC         : '///' ~[\r\n]* -> channel(HIDDEN) ;
COMMENT     : '//' ~[\r\n]* -> channel(HIDDEN) ;
SPACE       : [ \t\r\n]+ -> channel(HIDDEN) ;

// What is wrong gets a token too, so that one message names the whole of it.
BLOCK       : '/*' .*? ('*/' | EOF) -> channel(HIDDEN) ;
OPEN_TEXT   : '"' PLAIN* '\\'? ;
BAD_NUMBER  : DIGITS ('.' DIGITS)? [\p{L}_] [\p{L}\p{M}\p{N}_]* ;
BAD         : . ;

fragment DIGITS : [0-9] ([0-9_]* [0-9])? ;
fragment PLAIN  : ~["\\\r\n] | '\\' ~[\r\n] ;
