"""YAML as sojourn and editors read it (the core of YAML 1.2): only true and false are booleans, 1e-3 is a number, keys are
texts, no key is there twice."""
import re

import yaml


class Loader(yaml.SafeLoader):
    yaml_implicit_resolvers = {}

    def construct_mapping(self, node, deep=False):
        made = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode) or key_node.value in made:
                raise yaml.constructor.ConstructorError(None, None, "a key that is no word or is there twice", key_node.start_mark)
            made[key_node.value] = self.construct_object(value_node, deep=True)
        return made


Loader.add_constructor("tag:yaml.org,2002:map", Loader.construct_mapping)
Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(null|Null|NULL|~|)$"), None)
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), None)
Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^[-+]?[1-9][0-9]*$|^[-+]?0$"), None)
Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$"), None)
Loader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))


def load(text):
    """The document, or yaml.YAMLError; aliases and anchors are errors, as in sojourn."""
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.YAMLError("an alias or an anchor")
    return yaml.load(text, Loader=Loader)
