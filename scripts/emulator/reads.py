"""
Which properties MiniStack's provisioners read: for each resource type named, the words in quotes in the functions that create
it and in those they call within its source. A property whose name is not among them cannot have an effect.
Prints JSON: {type: [words] or null where the type has no provisioner, or true where the properties are handed on whole}.
"""

import ast
import inspect
import json
import sys

from ministack.services.cloudformation import provisioners

tree = ast.parse(inspect.getsource(provisioners))
functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
constants = {
    target.id: node.value
    for node in tree.body
    if isinstance(node, ast.Assign)
    for target in node.targets
    if isinstance(target, ast.Name)
}


def words(name, seen):
    node = functions.get(name) or constants.get(name)
    if node is None or name in seen:
        return set()
    seen.add(name)
    found = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            found.add(part.value)
        elif isinstance(part, ast.Name):
            found |= words(part.id, seen)
    return found


answer = {}
for kind in sys.argv[1:]:
    handler = provisioners._RESOURCE_HANDLERS.get(kind)
    create = handler and handler.get("create")
    answer[kind] = sorted(words(create.__name__, set())) if create else None
print(json.dumps(answer))
