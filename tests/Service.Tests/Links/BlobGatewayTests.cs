using System.Security.Cryptography;
using System.Text;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Tests.Links;

/// <summary>What the links of a folder storage let their bearers do.</summary>
public sealed class BlobGatewayTests : IAsyncLifetime
{
    private GatewayRig rig = null!;
    private Uri create = null!;
    private Uri overwrite = null!;
    private Uri read = null!;

    public async ValueTask InitializeAsync()
    {
        rig = await GatewayRig.Create();
        create = await rig.Link(GatewayRig.Inbox, LinkRight.Create);
        overwrite = await rig.Link(GatewayRig.Inbox, LinkRight.CreateOrOverwrite);
        read = await rig.Link(GatewayRig.Outbox, LinkRight.Read);
    }

    public ValueTask DisposeAsync() => rig.DisposeAsync();

    [Theory]
    [InlineData("imaging/case 1/a+b%#'ä日😀.dcm")]
    [InlineData("_COMPLETE")]
    [InlineData("100%.csv")]
    public async Task A_file_that_comes_whole_lies_in_the_area_under_its_name(string path)
    {
        var reply = await rig.Put(create, path, "abc", ("If-None-Match", "*"));
        Assert.Equal((201, null), (reply.Status, reply.Code));
        Assert.Equal("abc", await rig.Content(GatewayRig.Inbox, path));
        var file = await rig.Storage.Files.Area(GatewayRig.Inbox).Find(path, TestContext.Current.CancellationToken);
        Assert.Equal($"\"{file!.Version}\"", reply.Headers["ETag"]);
        Assert.Equal("Mon, 23 Nov 2026 10:00:00 GMT", reply.Headers["Last-Modified"]);
    }

    [Fact]
    public async Task Blocks_become_a_file_in_the_order_of_their_list_and_are_gone()
    {
        Assert.Equal(201, (await rig.PutBlock(create, "big", "2", "world")).Status);
        Assert.Equal(201, (await rig.PutBlock(create, "big", "1", "nonsense")).Status);
        Assert.Equal(201, (await rig.PutBlock(create, "big", "1", "hello ")).Status);
        Assert.Null(await rig.Content(GatewayRig.Inbox, "big"));
        Assert.Equal(201, (await rig.PutList(create, "big", ["1", "2"], ("If-None-Match", "*"))).Status);
        Assert.Equal("hello world", await rig.Content(GatewayRig.Inbox, "big"));
        Assert.Equal([Path.Combine(GatewayRig.Inbox, "big")], rig.Everything());
    }

    [Fact]
    public async Task A_list_of_no_blocks_is_an_empty_file_and_uncommitted_is_as_good_as_latest()
    {
        Assert.Equal(201, (await rig.PutList(create, "empty", [])).Status);
        Assert.Equal("", await rig.Content(GatewayRig.Inbox, "empty"));
        await rig.PutBlock(create, "f", "1", "x");
        var list = $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<BlockList>\n <!-- one --> <Uncommitted>{GatewayRig.Id("1")}</Uncommitted>\n</BlockList>";
        Assert.Equal(201, (await rig.Send("PUT", GatewayRig.Target(create, "f", "&comp=blocklist"), Encoding.UTF8.GetBytes(list))).Status);
        Assert.Equal("x", await rig.Content(GatewayRig.Inbox, "f"));
    }

    [Theory]
    [InlineData("<BlockList><Latest>MQ==</Latest><Latest>OQ==</Latest></BlockList>", 400, "InvalidBlockList")]
    [InlineData("<BlockList><Committed>MQ==</Committed></BlockList>", 400, "InvalidBlockList")]
    [InlineData("<BlockList><Latest>../../x</Latest></BlockList>", 400, "InvalidBlockList")]
    [InlineData("<BlockList><Latest></Latest></BlockList>", 400, "InvalidBlockList")]
    [InlineData("<BlockList><Other>MQ==</Other></BlockList>", 400, "InvalidXmlDocument")]
    [InlineData("<BlockList><Latest><a/></Latest></BlockList>", 400, "InvalidXmlDocument")]
    [InlineData("<BlockList>", 400, "InvalidXmlDocument")]
    [InlineData("<BlockList>text</BlockList>", 400, "InvalidXmlDocument")]
    [InlineData("<Other/>", 400, "InvalidXmlDocument")]
    [InlineData("", 400, "InvalidXmlDocument")]
    [InlineData("<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><BlockList><Latest>&e;</Latest></BlockList>", 400, "InvalidXmlDocument")]
    public async Task A_list_that_is_none_makes_no_file(string xml, int status, string code)
    {
        await rig.PutBlock(create, "f", "1", "x");
        var reply = await rig.Send("PUT", GatewayRig.Target(create, "f", "&comp=blocklist"), Encoding.UTF8.GetBytes(xml));
        Assert.Equal((status, code), (reply.Status, reply.Code));
        Assert.Null(await rig.Content(GatewayRig.Inbox, "f"));
    }

    [Fact]
    public async Task A_link_to_create_never_overwrites_however_it_is_asked()
    {
        await rig.PutBlock(create, "f", "1", "new"); // Before the file is there.
        await rig.Place(GatewayRig.Inbox, "f", "old");
        var etag = $"\"{(await rig.Storage.Files.Area(GatewayRig.Inbox).Find("f", TestContext.Current.CancellationToken))!.Version}\"";
        async Task Refused(Task<GatewayRig.Reply> sent, int status, string code)
        {
            var reply = await sent;
            Assert.Equal((status, code), (reply.Status, reply.Code));
            Assert.Equal("old", await rig.Content(GatewayRig.Inbox, "f"));
        }
        await Refused(rig.Put(create, "f", "new"), 403, "UnauthorizedBlobOverwrite");
        await Refused(rig.Put(create, "f", "new", ("If-None-Match", "*")), 409, "BlobAlreadyExists");
        await Refused(rig.Put(create, "f", "new", ("If-Match", etag)), 403, "UnauthorizedBlobOverwrite");
        await Refused(rig.PutBlock(create, "f", "2", "new"), 409, "BlobAlreadyExists");
        await Refused(rig.PutList(create, "f", ["1"]), 403, "UnauthorizedBlobOverwrite");
        await Refused(rig.PutList(create, "f", ["1"], ("If-None-Match", "*")), 409, "BlobAlreadyExists");
        await Refused(rig.PutList(create, "f", []), 403, "UnauthorizedBlobOverwrite");
        await Refused(rig.Send("PUT", GatewayRig.Target(create, "f", "&comp=metadata")), 403, "AuthorizationPermissionMismatch");
        await Refused(rig.Send("DELETE", GatewayRig.Target(create, "f")), 403, "AuthorizationPermissionMismatch");
    }

    [Fact]
    public async Task Of_many_who_create_one_file_at_once_one_does()
    {
        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(async () =>
        {
            if (i % 2 == 0)
                return await rig.Put(create, "race", $"{i}");
            await rig.PutBlock(create, "race", $"{i}", $"{i}");
            return await rig.PutList(create, "race", [$"{i}"]);
        })));
        var winner = Assert.Single(Enumerable.Range(0, 12), i => replies[i].Status == 201);
        Assert.Equal($"{winner}", await rig.Content(GatewayRig.Inbox, "race"));
        Assert.All(replies, r => Assert.True(r.Status is 201 or 403 or 400, $"{r.Status} {r.Code}"));
    }

    [Fact]
    public async Task A_link_to_overwrite_does_so_under_the_conditions_of_the_request()
    {
        var first = await rig.Put(overwrite, "f", "1");
        Assert.Equal(201, (await rig.Put(overwrite, "f", "2")).Status);
        var stale = await rig.Put(overwrite, "f", "3", ("If-Match", first.Headers["ETag"]));
        Assert.Equal((412, "ConditionNotMet"), (stale.Status, stale.Code));
        Assert.Equal((409, "BlobAlreadyExists"), await Code(rig.Put(overwrite, "f", "3", ("If-None-Match", "*"))));
        Assert.Equal((412, "ConditionNotMet"), await Code(rig.Put(overwrite, "none", "3", ("If-Match", "\"x\""))));
        Assert.Equal("2", await rig.Content(GatewayRig.Inbox, "f"));
        await rig.PutBlock(overwrite, "f", "1", "blocks");
        Assert.Equal(201, (await rig.PutList(overwrite, "f", ["1"])).Status);
        Assert.Equal("blocks", await rig.Content(GatewayRig.Inbox, "f"));
    }

    [Theory]
    [InlineData(null, 200, "0123456789", null)]
    [InlineData("bytes=0-4", 206, "01234", "bytes 0-4/10")]
    [InlineData("bytes=3-", 206, "3456789", "bytes 3-9/10")]
    [InlineData("bytes=8-268435455", 206, "89", "bytes 8-9/10")]
    [InlineData("bytes=10-", 416, null, "bytes */10")]
    [InlineData("bytes=4-3", 416, null, "bytes */10")]
    [InlineData("bytes=-3", 200, "0123456789", null)]
    [InlineData("bytes=0-1,4-5", 200, "0123456789", null)]
    [InlineData("bytes=99999999999999999999-", 200, "0123456789", null)]
    public async Task A_file_is_read_as_a_whole_or_in_a_range(string? range, int status, string? text, string? contentRange)
    {
        await rig.Place(GatewayRig.Outbox, "reports/r.html", "0123456789");
        foreach (var header in new[] { "x-ms-range", "Range" })
        {
            var reply = await rig.Send("GET", GatewayRig.Target(read, "reports/r.html"), null, range is null ? [] : [(header, range)]);
            Assert.Equal((status, contentRange), (reply.Status, reply.Headers.GetValueOrDefault("Content-Range")));
            if (text is not null)
                Assert.Equal(text, reply.Body);
            else
                Assert.Equal("InvalidRange", reply.Code);
        }
    }

    [Fact]
    public async Task Properties_tell_length_and_version_and_conditions_are_kept()
    {
        await rig.Place(GatewayRig.Outbox, "r", "0123456789");
        var head = await rig.Send("HEAD", GatewayRig.Target(read, "r"));
        Assert.Equal((200, "10", "BlockBlob", ""), (head.Status, head.Headers["Content-Length"], head.Headers["x-ms-blob-type"], head.Body));
        var etag = head.Headers["ETag"];
        Assert.Equal(200, (await rig.Send("GET", GatewayRig.Target(read, "r"), null, ("If-Match", etag))).Status);
        Assert.Equal(304, (await rig.Send("GET", GatewayRig.Target(read, "r"), null, ("If-None-Match", etag))).Status);
        await rig.Place(GatewayRig.Outbox, "r", "9876543210");
        var stale = await rig.Send("GET", GatewayRig.Target(read, "r"), null, ("If-Match", etag), ("x-ms-range", "bytes=5-9"));
        Assert.Equal((412, "ConditionNotMet"), (stale.Status, stale.Code));
        var missing = await rig.Send("HEAD", GatewayRig.Target(read, "none"));
        Assert.Equal((404, "BlobNotFound", ""), (missing.Status, missing.Code, missing.Body));
    }

    [Fact]
    public async Task What_a_link_reads_is_handed_out_as_a_file_and_never_as_a_page()
    {
        await rig.Place(GatewayRig.Outbox, "report.html", "<script>alert(1)</script>");
        var reply = await rig.Send("GET", GatewayRig.Target(read, "report.html"));
        Assert.Equal(
            ("application/octet-stream", "attachment", "nosniff", "sandbox"),
            (reply.Headers["Content-Type"], reply.Headers["Content-Disposition"], reply.Headers["X-Content-Type-Options"], reply.Headers["Content-Security-Policy"]));
    }

    [Theory]
    [InlineData("Content-MD5")]
    [InlineData("x-ms-blob-content-md5")]
    public async Task A_checksum_that_the_client_names_must_be_right(string header)
    {
#pragma warning disable CA5351 // As the protocol has it.
        var md5 = Convert.ToBase64String(MD5.HashData(Encoding.UTF8.GetBytes("abc")));
#pragma warning restore CA5351
        Assert.Equal((400, "Md5Mismatch"), await Code(rig.Put(create, "f", "abd", (header, md5))));
        Assert.Equal((400, "InvalidMd5"), await Code(rig.Put(create, "f", "abc", (header, "AAAA"))));
        Assert.Empty(rig.Everything());
        Assert.Equal((201, null), await Code(rig.Put(create, "f", "abc", (header, md5))));
    }

    [Theory]
    [InlineData("x-ms-structured-body", "XSM/1.0; properties=crc64")]
    [InlineData("x-ms-content-crc64", "AAAAAAAAAAA=")]
    [InlineData("x-ms-copy-source", "https://example.org/secret")]
    [InlineData("Content-Encoding", "gzip")]
    [InlineData("If-Unmodified-Since", "Mon, 23 Nov 2026 10:00:00 GMT")]
    public async Task A_header_that_changes_the_meaning_is_refused_and_not_left_aside(string header, string value)
    {
        Assert.Equal((400, "UnsupportedHeader"), await Code(rig.Put(create, "f", "abc", (header, value))));
        Assert.Empty(rig.Everything());
    }

    [Fact]
    public async Task Other_kinds_of_blobs_and_other_versions_of_one_are_refused()
    {
        Assert.Equal((400, "InvalidHeaderValue"), await Code(rig.Send("PUT", GatewayRig.Target(create, "f"), [], ("x-ms-blob-type", "AppendBlob"))));
        Assert.Equal((400, "InvalidHeaderValue"), await Code(rig.Send("PUT", GatewayRig.Target(create, "f"), [])));
        await rig.Place(GatewayRig.Outbox, "r", "x");
        foreach (var more in new[] { "&snapshot=2026-11-23T10:00:00Z", "&versionid=1" })
            Assert.Equal((400, "UnsupportedQueryParameter"), await Code(rig.Send("GET", GatewayRig.Target(read, "r", more))));
        Assert.Equal(200, (await rig.Send("GET", GatewayRig.Target(read, "r", "&timeout=901"))).Status);
    }

    [Fact]
    public async Task An_answer_names_the_version_and_the_request_that_it_belongs_to()
    {
        var reply = await rig.Put(
            create, "f", "x", ("x-ms-version", "2026-06-06"), ("x-ms-client-request-id", "6297c9a3-c90a-48cf-ae78-d2c21717ed95"));
        Assert.Equal(("2026-06-06", "6297c9a3-c90a-48cf-ae78-d2c21717ed95"), (reply.Headers["x-ms-version"], reply.Headers["x-ms-client-request-id"]));
        reply = await rig.Put(create, "g", "x", ("x-ms-version", "1\r\nX: y"), ("x-ms-client-request-id", "1\r\nX: y"));
        Assert.DoesNotContain(reply.Headers.Values, v => v.Contains('\n', StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_area_that_is_gone_is_not_found_and_its_waiting_blocks_are_gone_with_it()
    {
        await rig.PutBlock(create, "f", "1", "x");
        await rig.Storage.Files.Delete(GatewayRig.Inbox, TestContext.Current.CancellationToken);
        Assert.Empty(rig.Everything());
        Assert.Equal((404, "ContainerNotFound"), await Code(rig.Put(create, "f", "x")));
        Assert.Equal((404, "ContainerNotFound"), await Code(rig.PutBlock(create, "f", "1", "x")));
        Assert.Empty(rig.Everything());
    }

    /// <summary>Requests of Azure.Storage.Blobs 12.30.1 as they came to a listener that wrote them down: an upload in two blocks and a read.</summary>
    [Fact]
    public async Task The_client_library_is_understood()
    {
        const string Path = "/im%20a%2Bb/%C3%A4%25%23%27.dcm";
        (string, string)[] all =
        [
            ("Host", "127.0.0.1:18991"), ("x-ms-version", "2026-06-06"), ("Accept", "application/xml"),
            ("x-ms-client-request-id", "36b8d4f3-037c-4dba-88be-9beaad6f63ad"), ("x-ms-return-client-request-id", "true"),
            ("User-Agent", "azsdk-net-Storage.Blobs/12.30.1 (.NET 10.0.12; Debian GNU/Linux 12 (bookworm))"),
        ];
        string[] ids = ["A8hMKBEqoq/52kKz0YdTcsZXEYvqsWr8imPCsAi9XjialvTj4Wds/EipfzqRUmks", "j+bQzaGGT+R4svoyrnpuxmec4Xrc5ibvyZ4U1pkH5txsodlQu5lAKX+yvhaPNyXF"];
        string[] escaped = ["A8hMKBEqoq%2F52kKz0YdTcsZXEYvqsWr8imPCsAi9XjialvTj4Wds%2FEipfzqRUmks", "j%2BbQzaGGT%2BR4svoyrnpuxmec4Xrc5ibvyZ4U1pkH5txsodlQu5lAKX%2ByvhaPNyXF"];
        for (var i = 0; i < 2; i++)
        {
            var block = await rig.Send(
                "PUT", $"{create.AbsolutePath}{Path}{create.Query}&comp=block&blockid={escaped[i]}", Encoding.UTF8.GetBytes($"block {i};"),
                [.. all, ("Content-Type", "application/octet-stream")]);
            Assert.Equal((201, ""), (block.Status, block.Body));
        }
        byte[] list = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes($"<BlockList><Latest>{ids[0]}</Latest><Latest>{ids[1]}</Latest></BlockList>")];
        var committed = await rig.Send(
            "PUT", $"{create.AbsolutePath}{Path}{create.Query}&comp=blocklist", list, [.. all, ("If-None-Match", "*"), ("Content-Type", "application/xml")]);
        Assert.Equal(201, committed.Status);
        var reading = await rig.Link(GatewayRig.Inbox, LinkRight.Read);
        var got = await rig.Send(
            "GET", $"{reading.AbsolutePath}{Path}{reading.Query}", null, [.. all, ("x-ms-range", "bytes=0-268435455"), ("If-Match", committed.Headers["ETag"])]);
        Assert.Equal((206, "block 0;block 1;", "bytes 0-15/16"), (got.Status, got.Body, got.Headers["Content-Range"]));
    }

    private static async Task<(int, string?)> Code(Task<GatewayRig.Reply> reply) => ((await reply).Status, (await reply).Code);
}
