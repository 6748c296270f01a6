using System.Net;
using RadiogenomicsCloud.Service.Links;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Tests.Links;

/// <summary>Whatever a partner, or somebody who found the partner's link, tries: refused with the right status, and nothing is left.</summary>
public sealed class ForbiddenMovesTests : IAsyncLifetime
{
    private GatewayRig rig = null!;
    private Uri create = null!;
    private Uri read = null!;

    public async ValueTask InitializeAsync()
    {
        rig = await GatewayRig.Create();
        create = await rig.Link(GatewayRig.Inbox, LinkRight.Create);
        read = await rig.Link(GatewayRig.Outbox, LinkRight.Read);
        await rig.Place(GatewayRig.Outbox, "report.html", "report");
        await rig.Place(GatewayRig.Inbox, "there", "old");
    }

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    private async Task Refused(Task<GatewayRig.Reply> sent, int status, string code)
    {
        var reply = await sent;
        Assert.Equal((status, code), (reply.Status, reply.Code));
        Assert.DoesNotContain(rig.Folder.Path, reply.Body, StringComparison.Ordinal);
        Assert.Equal([Path.Combine(GatewayRig.Inbox, "there"), Path.Combine(GatewayRig.Outbox, "report.html")], rig.Everything());
        Assert.Equal("old", await rig.Content(GatewayRig.Inbox, "there"));
    }

    private BlobRequest Request(string method, string target, Stream body, IPAddress? remote, bool https = false, string length = "1") => new(
        method, target, [KeyValuePair.Create("Content-Length", length), KeyValuePair.Create("x-ms-blob-type", "BlockBlob")], body, remote, https);

    [Theory]
    [InlineData("GET", "there", "")]
    [InlineData("HEAD", "there", "")]
    [InlineData("GET", "none", "")]
    [InlineData("GET", "there", "&comp=blocklist")]
    [InlineData("DELETE", "there", "")]
    [InlineData("PUT", "there", "&comp=properties")]
    [InlineData("PUT", "there", "&comp=lease")]
    [InlineData("PUT", "there", "&comp=tags")]
    [InlineData("PUT", "new", "&comp=appendblock")]
    [InlineData("PUT", "new", "&comp=block&comp=blocklist")]
    [InlineData("POST", "there", "")]
    [InlineData("PATCH", "there", "")]
    public Task A_link_to_create_allows_nothing_else(string method, string path, string more) =>
        Refused(rig.Send(method, GatewayRig.Target(create, path, more)), 403, "AuthorizationPermissionMismatch");

    [Fact]
    public async Task A_link_to_read_allows_nothing_else()
    {
        await Refused(rig.Put(read, "new", "x"), 403, "AuthorizationPermissionMismatch");
        await Refused(rig.Put(read, "report.html", "x"), 403, "AuthorizationPermissionMismatch");
        await Refused(rig.PutBlock(read, "new", "1", "x"), 403, "AuthorizationPermissionMismatch");
        await Refused(rig.PutList(read, "new", []), 403, "AuthorizationPermissionMismatch");
        await Refused(rig.Send("DELETE", GatewayRig.Target(read, "report.html")), 403, "AuthorizationPermissionMismatch");
    }

    [Theory]
    [InlineData("GET", "&restype=container&comp=list")]
    [InlineData("GET", "&restype=container")]
    [InlineData("HEAD", "&restype=container")]
    [InlineData("GET", "&comp=list")]
    [InlineData("GET", "")]
    [InlineData("PUT", "")]
    [InlineData("DELETE", "&restype=container")]
    public async Task No_link_lists_or_makes_or_removes_an_area(string method, string more)
    {
        foreach (var link in new[] { create, read })
        {
            foreach (var slash in new[] { "", "/" })
                await Refused(rig.Send(method, link.AbsolutePath + slash + link.Query + more), 403, "AuthorizationPermissionMismatch");
        }
    }

    [Theory]
    [InlineData("x-site-2-in")]
    [InlineData("x-site-1-out")]
    [InlineData("cohorts")]
    [InlineData("results")]
    [InlineData("store")]
    [InlineData("not-there")]
    public Task A_link_is_for_one_area(string other) =>
        Refused(rig.Put(new Uri(create.AbsoluteUri.Replace(GatewayRig.Inbox, other, StringComparison.Ordinal)), "new", "x"), 403, "AuthenticationFailed");

    [Fact]
    public async Task A_link_works_from_its_start_until_its_expiry()
    {
        rig.Time.Now = GatewayRig.Now.AddMinutes(-15).AddTicks(-1);
        await Refused(rig.Put(create, "new", "x"), 403, "AuthenticationFailed");
        rig.Time.Now = GatewayRig.Now.AddHours(1);
        await Refused(rig.Put(create, "new", "x"), 403, "AuthenticationFailed");
        rig.Time.Now = GatewayRig.Now.AddHours(1).AddTicks(-1);
        Assert.Equal(201, (await rig.Put(create, "new", "x")).Status);
    }

    [Fact]
    public async Task A_revoked_link_ends_at_once_and_a_new_one_works()
    {
        await rig.Storage.Links.Revoke(GatewayRig.Inbox, TestContext.Current.CancellationToken);
        await Refused(rig.Put(create, "new", "x"), 403, "AuthenticationFailed");
        Assert.Equal(200, (await rig.Send("GET", GatewayRig.Target(read, "report.html"))).Status); // Of another area.
        Assert.Equal(201, (await rig.Put(await rig.Link(GatewayRig.Inbox, LinkRight.Create), "new", "x")).Status);
    }

    [Theory]
    [InlineData("sp=c&", "sp=cw&")]
    [InlineData("sp=c&", "sp=r&")]
    [InlineData("sp=c&", "sp=c&sp=c&")]
    [InlineData("sp=c&", "")]
    [InlineData("st=2026-11-23", "st=2026-11-22")]
    [InlineData("se=2026-11-23", "se=2027-11-23")]
    [InlineData("&se=", "&se=2027-01-01T00%3A00%3A00Z&se=")]
    [InlineData("sip=127.0.0.1&", "")]
    [InlineData("sip=127.0.0.1&", "sip=127.0.0.1-255.255.255.255&")]
    [InlineData("spr=https%2Chttp", "spr=https")]
    [InlineData("spr=https%2Chttp", "spr=http")]
    [InlineData("&si=0", "&si=1")]
    [InlineData("&si=0", "&si=00")]
    [InlineData("&si=0", "")]
    [InlineData("&sig=", "&sig=A")]
    [InlineData("&sig=", "&signature=")]
    [InlineData("%3D", "")]
    public async Task Whoever_changes_a_parameter_has_no_link(string from, string to)
    {
        var link = await rig.Link(GatewayRig.Inbox, LinkRight.Create, "127.0.0.1");
        Assert.Contains(from, link.AbsoluteUri, StringComparison.Ordinal);
        await Refused(rig.Put(new Uri(link.AbsoluteUri.Replace(from, to, StringComparison.Ordinal)), "new", "x"), 403, "AuthenticationFailed");
        Assert.Equal(201, (await rig.Put(link, "new", "x")).Status);
    }

    [Fact]
    public async Task A_link_of_another_storage_is_none()
    {
        await using var other = await GatewayRig.Create();
        await Refused(rig.Put(await other.Link(GatewayRig.Inbox, LinkRight.Create), "new", "x"), 403, "AuthenticationFailed");
        await Refused(rig.Send("PUT", "/blob/x-site-1-in/new", [1], ("x-ms-blob-type", "BlockBlob")), 403, "AuthenticationFailed");
    }

    [Theory]
    [InlineData("192.0.2.10", "192.0.2.9", false)]
    [InlineData("192.0.2.10", "192.0.2.10", true)]
    [InlineData("192.0.2.10", "::ffff:192.0.2.10", true)]
    [InlineData("192.0.2.10", "::ffff:192.0.2.11", false)]
    [InlineData("192.0.2.10", "::1", false)]
    [InlineData("192.0.2.10", null, false)]
    [InlineData("192.0.2.10-192.0.2.20", "192.0.2.20", true)]
    [InlineData("192.0.2.10-192.0.2.20", "192.0.2.21", false)]
    [InlineData("192.0.2.10-192.0.3.2", "192.0.2.255", true)]
    [InlineData("9.255.255.255-10.0.0.0", "100.0.0.0", false)]
    public async Task A_link_works_from_its_addresses_alone(string range, string? remote, bool works)
    {
        var link = await rig.Link(GatewayRig.Inbox, LinkRight.Create, range);
        var request = Request("PUT", GatewayRig.Target(link, "new"), new MemoryStream([1]), remote is null ? null : IPAddress.Parse(remote));
        if (works)
            Assert.Equal(201, (await rig.Send(request)).Status);
        else
            await Refused(rig.Send(request), 403, "AuthorizationSourceIPMismatch");
    }

    [Fact]
    public async Task A_link_of_a_service_on_https_does_not_work_over_http()
    {
        rig.Storage.FolderLinks.ServeAt(new Uri("https://study.example.org/base/"));
        var link = await rig.Link(GatewayRig.Inbox, LinkRight.Create);
        Assert.StartsWith("https://study.example.org/base/blob/x-site-1-in?sp=c&", link.AbsoluteUri, StringComparison.Ordinal);
        var target = GatewayRig.Target(link, "new")["/base".Length..];
        await Refused(rig.Send(Request("PUT", target, new MemoryStream([1]), IPAddress.Loopback)), 403, "AuthorizationProtocolMismatch");
        Assert.Equal(201, (await rig.Send(Request("PUT", target, new MemoryStream([1]), IPAddress.Loopback, https: true))).Status);
    }

    [Theory]
    [InlineData("../cohorts/x")]
    [InlineData("a/../../x")]
    [InlineData("%2e%2e/x")]
    [InlineData("%2E%2e%2fx")]
    [InlineData("a/%2e%2e/%2e%2e/x")]
    [InlineData("%252e%252e%252fx")]
    [InlineData("%25252e%25252e/x")]
    [InlineData("a%252fb")]
    [InlineData("a%2500")]
    [InlineData("./x")]
    [InlineData("a//b")]
    [InlineData("/etc/passwd")]
    [InlineData("%2fetc/passwd")]
    [InlineData("a/")]
    [InlineData("..%5c..%5cx")]
    [InlineData("a%5cb")]
    [InlineData("a%00b")]
    [InlineData("a%0ab")]
    [InlineData("a%7fb")]
    [InlineData("con")]
    [InlineData("a/NUL.txt")]
    [InlineData("Com1")]
    [InlineData("lpt9.tar.gz")]
    [InlineData("trailing.")]
    [InlineData("trailing%20")]
    [InlineData("a./b")]
    [InlineData(".hidden")]
    [InlineData(".radiogenomics/x")]
    [InlineData("a/.git/config")]
    [InlineData("%EF%BF%BF")]
    public Task Tricks_with_paths_lead_nowhere(string path) =>
        Refused(rig.Send("PUT", $"{create.AbsolutePath}/{path}{create.Query}", [1], ("x-ms-blob-type", "BlockBlob")), 400, "InvalidResourceName");

    [Theory]
    [InlineData("/blob/x-site-1-in/%")]
    [InlineData("/blob/x-site-1-in/%zz")]
    [InlineData("/blob/x-site-1-in/%c0%ae%c0%ae/x")]
    [InlineData("/blob/x-site-1-in/%ff")]
    [InlineData("/blob/x-site-1-in/%ed%a0%80")]
    [InlineData("/blob/x-site-1-in/ä")]
    [InlineData("/blob/x-site-1-in/a b")]
    [InlineData("/blob/x-site-1-in/a\r\nX: y")]
    [InlineData("http://127.0.0.1/blob/x-site-1-in/a")]
    [InlineData("/../blob/x-site-1-in/a")]
    [InlineData("")]
    public Task Addresses_that_are_not_well_formed_are_refused(string path) =>
        Refused(rig.Send("PUT", path + create.Query, [1], ("x-ms-blob-type", "BlockBlob")), 400, "InvalidUri");

    [Theory]
    [InlineData("records")]
    [InlineData("..")]
    [InlineData("X-SITE-1-IN")]
    [InlineData("a")]
    [InlineData("con")]
    [InlineData("")]
    [InlineData("x--1")]
    public Task What_is_no_area_is_refused(string area) =>
        Refused(rig.Send("PUT", $"/blob/{area}/f{create.Query}", [1], ("x-ms-blob-type", "BlockBlob")), 400, "InvalidResourceName");

    [Fact]
    public async Task Names_that_are_too_long_or_too_deep_are_refused_and_the_longest_are_taken()
    {
        await Refused(rig.Put(create, new string('a', 256), "x"), 400, "InvalidResourceName");
        await Refused(rig.Put(create, string.Concat(Enumerable.Repeat("ä", 128)), "x"), 400, "InvalidResourceName");
        await Refused(rig.Put(create, string.Join('/', Enumerable.Repeat("abcdefghi", 103)), "x"), 400, "InvalidResourceName");
        await Refused(rig.Put(create, string.Join('/', Enumerable.Repeat("a", 65)), "x"), 400, "InvalidResourceName");
        await Refused(rig.Send("PUT", $"{create.AbsolutePath}/{new string('a', 20_000)}{create.Query}"), 400, "InvalidUri");
        Assert.Equal(201, (await rig.Put(create, string.Join('/', Enumerable.Repeat(new string('b', 255), 4)), "x")).Status);
    }

    [Fact]
    public async Task A_file_is_no_folder_and_a_folder_no_file()
    {
        await Refused(rig.Put(create, "there/below", "x"), 400, "InvalidResourceName");
        Assert.Equal(201, (await rig.Put(create, "a/b", "x")).Status);
        var reply = await rig.Put(create, "a", "x");
        Assert.Equal((400, "InvalidResourceName"), (reply.Status, reply.Code));
    }

    [Theory]
    [InlineData("1", 0, 400, "InvalidInput")]
    [InlineData("5", 3, 400, "InvalidInput")]
    [InlineData("2", 3, 400, "InvalidInput")]
    [InlineData("-1", 3, 400, "InvalidHeaderValue")]
    [InlineData("1e3", 3, 400, "InvalidHeaderValue")]
    [InlineData("99999999999999999999", 3, 400, "InvalidHeaderValue")]
    [InlineData("999999999999", 3, 413, "RequestBodyTooLarge")]
    public async Task A_body_is_as_long_as_it_says(string said, int sent, int status, string code)
    {
        foreach (var more in new[] { "", "&comp=block&blockid=AAAA", "&comp=blocklist" })
            await Refused(rig.Send(Request("PUT", GatewayRig.Target(create, "new", more), new MemoryStream(new byte[sent]), null, length: said)), status, code);
    }

    [Fact]
    public async Task A_body_without_length_is_refused() => await Refused(
        rig.Send(new("PUT", GatewayRig.Target(create, "new"), [KeyValuePair.Create("x-ms-blob-type", "BlockBlob")], Stream.Null, null, false)),
        411, "MissingContentLengthHeader");

    [Theory]
    [InlineData("")]
    [InlineData("&blockid=")]
    [InlineData("&blockid=..%2F..%2Fx")]
    [InlineData("&blockid=AAAA&blockid=BBBB")]
    [InlineData("&blockid=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public Task An_id_of_a_block_is_short_and_in_base_64(string id) =>
        Refused(rig.Send("PUT", GatewayRig.Target(create, "new", "&comp=block" + id), [1]), 400, "InvalidQueryParameterValue");

    [Fact]
    public Task An_empty_block_is_refused() => Refused(rig.PutBlock(create, "new", "1", ""), 400, "InvalidHeaderValue");

    [Theory]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    [InlineData("put")]
    public Task Other_methods_are_refused(string method) => Refused(rig.Send(method, GatewayRig.Target(create, "new")), 405, "UnsupportedHttpVerb");

    [Fact]
    public async Task A_message_is_xml_and_its_code_a_header()
    {
        var reply = await rig.Put(create, "there", "x");
        Assert.Equal("application/xml", reply.Headers["Content-Type"]);
        Assert.Equal("UnauthorizedBlobOverwrite", System.Xml.Linq.XDocument.Parse(reply.Body).Root!.Element("Code")!.Value);
    }
}
