grammar Dlv;

file        : item* EOF ;
item        : imports | constant | assertion | declaration | process | train | generate ;

imports     : 'import' TEXT ('as' NAME)? ;
constant    : 'let' NAME '=' expression ;
assertion   : 'assert' expression ;
declaration : ('network' | 'cell') NAME '(' parameters ')' ('->' result)? body
            | 'optimizer' NAME '(' parameters ')' '{' statement* '}'
            ;
generate    : 'generate' NAME '(' parameters? ')' '->' result body ;
process     : 'process' NAME ('(' parameters? ')')? '{' part* '}' ;
part        : NAME ('(' NAME (',' NAME)* ')')? '=' expression ;

parameters  : parameter (',' parameter)* ','? ;
parameter   : NAME ':' type ('=' expression)? ;
result      : type | NAME ':' type | open NAME ':' type (',' NAME ':' type)* ')' ;
type        : simpleType ('|' simpleType)* ;
simpleType  : (NAME | 'network' | 'cell') ('(' expression ')')? ('[' axis (',' axis)* ']')? ;
axis        : expression ;

// After statements, the answer begins with neither a minus nor a "(" or "[" on the same line:
// so an answer that was forgotten is an error, never stolen from the statement before.
body        : '{' (expression | statement+ answer) '}' ;
answer      : answerTerm (('+' | '-') product)* ('->' stage)* ;
answerTerm  : answerPower (('*' | '/' | '@') unary)* ;
answerPower : head suffix* ('^' unary)? ;
statement   : binding
            | 'weight' NAME ':' type '=' expression
            | 'state' NAME ':' type ('=' expression)?
            | 'require' expression (',' TEXT)?
            | 'model' model
            | NEXT '=' expression
            ;
binding     : 'let' (NAME | open NAME (',' NAME)* ')') '=' expression ;

train       : 'train' NAME '{' line* '}' ;
line        : 'data' NAME '=' expression
            | 'model' model
            | binding
            | minimize
            | 'report' reported (',' reported)*
            | 'stage' NAME '{' line* '}'
            | setting
            ;
model       : NAME '=' expression ('from' TEXT)? ;
minimize    : 'minimize' expression ('of' NAME (',' NAME)*)? 'with' expression clause* ;
clause      : ('clip' | 'times') operand ;
reported    : (NAME '=')? expression ;
setting     : NAME expression ;

expression  : disjunct ('->' stage)* ;
stage       : postfix
            | 'repeat' (NAME 'in')? range '{' stage ('->' stage)* '}'
            ;
disjunct    : conjunct ('or' conjunct)* ;
conjunct    : comparison ('and' comparison)* ;
comparison  : range (('==' | '!=' | '<' | '<=' | '>' | '>=') range)? ;
range       : sum ('..' sum)? ;
sum         : product (('+' | '-') product)* ;
product     : unary (('*' | '/' | '@') unary)* ;
unary       : ('-' | 'not') unary | power ;
power       : postfix ('^' unary)? ;
postfix     : operand suffix* ;
suffix      : call | index | '.' NAME ;
operand     : head
            | '(' expression (',' expression)* ')'
            | '[' (expression (',' expression)*)? ']'
            ;
head        : NUMBER | TEXT | 'true' | 'false' | NAME | NEXT | '_' | '...'
            | conditional
            | PAREN expression (',' expression)* ')'
            | BRACKET (expression (',' expression)*)? ']'
            ;
conditional : 'if' expression body 'else' (body | conditional) ;
open        : '(' | PAREN ;
call        : '(' (argument (',' argument)* ','?)? ')' ;
argument    : (NAME ':')? expression ;
index       : '[' expression (',' expression)* ']' ;

PAREN       : [\r\n] [ \t\r\n]* '(' ;
BRACKET     : [\r\n] [ \t\r\n]* '[' ;
NUMBER      : DIGITS ('.' DIGITS)? ([eE] [+-]? [0-9]+)? ;
TEXT        : '"' (~["\\\r\n] | '\\' .)* '"' ;
NEXT        : NAME '\'' ;
NAME        : [\p{L}] [\p{L}\p{N}_]* ;
DOC         : '///' ~[\r\n]* -> channel(HIDDEN) ;
COMMENT     : '//' ~[\r\n]* -> channel(HIDDEN) ;
SPACE       : [ \t\r\n]+ -> channel(HIDDEN) ;
fragment DIGITS : [0-9] ([0-9_]* [0-9])? ;
