// SPDX-License-Identifier: GPL-3.0-or-later
#include "kube/kubeconfigreader.h"

#include "base/encoding.h"

#include <yaml-cpp/yaml.h>

namespace pk::kube {

namespace {

constexpr std::size_t maxFileBytes = 8u << 20;

/// What makes a whole file useless.
struct Useless
{
    std::string reason;
};

/// One mapping of the file: reads fields by name and collects what is wrong with them.
class Fields
{
public:
    Fields(const YAML::Node &node, std::vector<std::string> &faults) : m_node(node), m_faults(faults) { }

    YAML::Node operator[](const char *key) const
    {
        if (!m_node.IsMap())
            return {};
        const YAML::Node field = m_node[key];
        return field ? field : YAML::Node();
    }

    std::string text(const char *key) const
    {
        const YAML::Node field = (*this)[key];
        if (field.IsScalar())
            return field.Scalar();
        if (field.IsDefined() && !field.IsNull())
            m_faults.push_back(std::string(key) + " is not a text");
        return {};
    }

    bool flag(const char *key) const
    {
        const std::string value = text(key);
        if (!value.empty() && value != "true" && value != "false")
            m_faults.push_back(std::string(key) + " is neither true nor false");
        return value == "true";
    }

    /// Base64 of what is wanted. The value itself never gets into a message.
    std::string data(const char *key) const
    {
        std::string bytes;
        std::size_t badAt = 0;
        if (!base64Decode(text(key), bytes, badAt)) {
            m_faults.push_back(std::string(key) + ": illegal base64 data at input byte " + std::to_string(badAt));
            return {};
        }
        return bytes;
    }

    std::vector<std::string> texts(const char *key) const { return textsOf((*this)[key], key); }

    std::vector<std::string> textsOf(const YAML::Node &list, const std::string &name) const
    {
        std::vector<std::string> texts;
        if (!list.IsDefined() || list.IsNull())
            return texts;
        if (!list.IsSequence()) {
            m_faults.push_back(name + " is not a list");
            return texts;
        }
        for (const YAML::Node &item : list)
            texts.push_back(item.IsScalar() ? item.Scalar() : std::string());
        return texts;
    }

private:
    YAML::Node m_node;
    std::vector<std::string> &m_faults;
};

/// A path as the file means it: relative to the file's folder.
std::string resolved(const std::string &path, const std::string &file)
{
    if (path.empty())
        return path;
    const std::filesystem::path given(path);
    return given.is_absolute() ? path : (std::filesystem::path(file).parent_path() / given).lexically_normal().string();
}

/// An extension as a tree. Aliases can make a small text a huge tree, so nodes are counted.
Value toValue(const YAML::Node &node, int &budget, int depth)
{
    if (--budget < 0 || depth > 50)
        throw Useless{"an extension is too large"};
    if (node.IsSequence()) {
        std::vector<Value> items;
        for (const YAML::Node &item : node)
            items.push_back(toValue(item, budget, depth + 1));
        return Value::list(std::move(items));
    }
    if (node.IsMap()) {
        std::vector<Map::Entry> entries;
        for (const auto &field : node)
            entries.push_back({field.first.Scalar(), toValue(field.second, budget, depth + 1)});
        return Value::of(Map::fromEntries(std::move(entries)));
    }
    if (!node.IsScalar())
        return {};
    if (node.Tag() == "!") // quoted
        return Value::string(node.Scalar());
    if (node.Scalar() == "true" || node.Scalar() == "false")
        return Value::boolean(node.Scalar() == "true");
    if (std::int64_t whole = 0; YAML::convert<std::int64_t>::decode(node, whole))
        return Value::integer(whole);
    if (double number = 0; YAML::convert<double>::decode(node, number))
        return Value::number(number);
    return Value::string(node.Scalar());
}

ClusterEntry readCluster(const YAML::Node &node, const std::string &file)
{
    ClusterEntry cluster;
    cluster.file = file;
    const Fields fields(node, cluster.faults);
    cluster.server = fields.text("server");
    cluster.tlsServerName = fields.text("tls-server-name");
    cluster.caFile = resolved(fields.text("certificate-authority"), file);
    cluster.caPem = fields.data("certificate-authority-data");
    cluster.proxyUrl = fields.text("proxy-url");
    cluster.insecure = fields.flag("insecure-skip-tls-verify");
    cluster.disableCompression = fields.flag("disable-compression");
    int budget = 10'000;
    if (const YAML::Node extensions = fields["extensions"]; extensions.IsSequence())
        for (const YAML::Node &item : extensions)
            if (item.IsMap() && item["name"] && item["name"].IsScalar()
                && item["name"].Scalar() == "client.authentication.k8s.io/exec" && item["extension"])
                cluster.execExtension = toValue(item["extension"], budget, 0);
    return cluster;
}

ExecConfig readExec(const YAML::Node &node, const std::string &file, std::vector<std::string> &faults)
{
    ExecConfig exec;
    const Fields fields(node, faults);
    exec.apiVersion = fields.text("apiVersion");
    exec.command = fields.text("command");
    if (exec.command.find('/') != std::string::npos)
        exec.command = resolved(exec.command, file);
    exec.arguments = fields.texts("args");
    if (const YAML::Node environment = fields["env"]; environment.IsSequence())
        for (const YAML::Node &item : environment) {
            const Fields variable(item, faults);
            exec.environment.emplace_back(variable.text("name"), Redacted(variable.text("value")));
        }
    exec.interactiveMode = fields.text("interactiveMode");
    exec.installHint = fields.text("installHint");
    exec.provideClusterInfo = fields.flag("provideClusterInfo");
    return exec;
}

void readImpersonation(const Fields &fields, UserEntry &user)
{
    user.impersonate = fields.text("as");
    user.impersonateUid = fields.text("as-uid");
    user.impersonateGroups = fields.texts("as-groups");
    if (const YAML::Node extra = fields["as-user-extra"]; extra.IsMap())
        for (const auto &field : extra)
            user.impersonateExtra.emplace_back(field.first.Scalar(), fields.textsOf(field.second, "as-user-extra"));
}

UserEntry readUser(const YAML::Node &node, const std::string &file)
{
    UserEntry user;
    user.file = file;
    const Fields fields(node, user.faults);
    user.clientCertificateFile = resolved(fields.text("client-certificate"), file);
    user.clientCertificatePem = fields.data("client-certificate-data");
    user.clientKeyFile = resolved(fields.text("client-key"), file);
    user.clientKeyPem = Redacted(fields.data("client-key-data"));
    user.token = Redacted(fields.text("token"));
    user.tokenFile = resolved(fields.text("tokenFile"), file);
    user.username = fields.text("username");
    user.password = Redacted(fields.text("password"));
    readImpersonation(fields, user);
    if (const YAML::Node provider = fields["auth-provider"]; provider.IsMap()) {
        const Fields providerFields(provider, user.faults);
        user.authProvider = providerFields.text("name");
        user.oidcIdToken = Redacted(Fields(providerFields["config"], user.faults).text("id-token"));
    }
    if (const YAML::Node exec = fields["exec"]; exec.IsMap())
        user.exec = readExec(exec, file, user.faults);
    return user;
}

ContextEntry readContext(const YAML::Node &node, const std::string &file)
{
    ContextEntry context;
    context.file = file;
    const Fields fields(node, context.faults);
    context.cluster = fields.text("cluster");
    context.user = fields.text("user");
    context.nameSpace = fields.text("namespace");
    return context;
}

template <class Entry, class Read>
void readList(const YAML::Node &root, const char *list, const char *field, const std::string &file,
    std::map<std::string, Entry, std::less<>> &entries, Read read)
{
    const YAML::Node items = root[list];
    if (!items || items.IsNull())
        return;
    if (!items.IsSequence())
        throw Useless{std::string(list) + " is not a list"};
    for (const YAML::Node &item : items) {
        if (!item.IsMap())
            throw Useless{std::string("an entry of ") + list + " is not a mapping"};
        const YAML::Node nameNode = item["name"];
        const std::string name = nameNode && nameNode.IsScalar() ? nameNode.Scalar() : std::string();
        const YAML::Node content = item[field];
        Entry entry = read(content ? content : YAML::Node(), file);
        entry.name = name;
        if (!entries.emplace(name, std::move(entry)).second)
            throw Useless{"duplicate name \"" + name + "\" in list"};
    }
}

Error useless(const std::string &file, const std::string &reason)
{
    return {.code = Error::Code::InvalidInput,
        .message = "error loading config file \"" + file + "\": " + reason,
        .id = "kube.config-file",
        .parameters = {{"file", file}, {"reason", reason}}};
}

} // namespace

Result<Kubeconfig> KubeconfigReader::read(std::string_view text, const std::string &fileName)
{
    if (text.size() > maxFileBytes)
        return useless(fileName, "the file is larger than 8 MiB");
    try {
        Kubeconfig config;
        const YAML::Node root = YAML::Load(std::string(text));
        if (!root || root.IsNull())
            return config;
        if (!root.IsMap())
            throw Useless{"not a mapping"};
        readList(root, "clusters", "cluster", fileName, config.m_clusters, readCluster);
        readList(root, "users", "user", fileName, config.m_users, readUser);
        readList(root, "contexts", "context", fileName, config.m_contexts, readContext);
        std::vector<std::string> faults;
        config.m_currentContext = Fields(root, faults).text("current-context");
        return config;
    } catch (const YAML::Exception &error) {
        return useless(fileName, "line " + std::to_string(error.mark.line + 1) + ": " + error.msg);
    } catch (const Useless &error) {
        return useless(fileName, error.reason);
    }
}

} // namespace pk::kube
